"""Words of made-up cases: what is alleged, answered, decided and appealed, drawn so that hardly two read alike."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

COPIED = (
    "The file was examined. The finding is proved by the documents. The objections of the company do not change this."
    " The measure is necessary and proportionate."
)


@dataclass(frozen=True, slots=True)
class CaseWords:
    """The parts from which the texts of one kind of proceeding are put together."""

    facts: tuple[str, ...]
    faults: tuple[str, ...]
    witnesses: tuple[str, ...]
    replies: tuple[str, ...]
    remarks: tuple[str, ...]

    def draw_finding(self, random: Random, firm: str) -> str:
        """What the authority says that it found."""
        witness = random.choice(self.witnesses)
        return f"{firm}: {random.choice(self.facts)} {random.choice(self.faults)}, as {witness} says."

    def draw_reply(self, random: Random) -> str:
        """What the firm answers."""
        return " ".join(random.sample(self.replies, 2))

    def draw_reasons(self, random: Random, finding: str) -> str:
        """Why somebody decides as they do, on this finding and no other."""
        return " ".join([finding, *random.sample(self.remarks, 4)])


PROCUREMENT = CaseWords(
    facts=(
        "the certificate in the bid", "the invoice of March", "the reference from an earlier works contract",
        "the bank guarantee", "the test report", "the site permit", "the signature under the offer", "the price list",
        "the list of staff", "the statement on subcontractors",
    ),
    faults=(
        "was forged", "was issued after the bid", "names another company", "was altered", "is not on file anywhere",
        "was copied from another bidder", "leaves out the partner that did the work",
    ),
    witnesses=(
        "its issuer", "an expert of the university", "the auditor", "a witness", "the bank", "the second bidder",
        "the tax office", "the site manager",
    ),
    replies=(
        "A supplier gave us this paper and we had no reason to doubt it.",
        "The deadline was a week and the office was closed.",
        "We have ended the contract with whoever prepared the bid.", "The paper was not needed to win the tender.",
        "We ask that the witness be heard again, with us in the room.",
        "The figures differ because of a change of currency.",
        "We send the original with this letter.", "Nobody was harmed, and the works were delivered.",
    ),
    remarks=(
        "The company says that a supplier sent it, and showed their letters from the spring before.",
        "Nobody disputes what the laboratory measured when it took the samples a second time.",
        "The reply raised a doubt which the commercial register settles: both firms had one address then.",
        "Two people who did not know each other described the same meeting in the same words.",
        "Since then it has paid back what it had received, and that weighs in its favour.",
        "Without that paper the bid would have been fourth of seven and would not have won.",
        "It happened twice within one year, in tenders of different bodies, under different directors.",
        "The director in charge has left, and a programme of integrity was begun in the summer.",
        "That the deadline was short does not excuse it, since more time was never asked for.",
        "A lesser sanction was considered, but the sum was large and the works had begun.",
        "The panel gave its view in writing, and nobody who proposed the measure sat on it.",
        "What the company kept from its own file agrees with what the auditor found there.",
        "The mistake in the first notice was corrected, and time to answer ran again from that day.",
        "A firm of this size and age has to know how such a guarantee is checked.",
        "The other bidder's interest in the outcome was weighed; its letter alone would not have been enough.",
        "The term is shorter than proposed because nothing of the kind is known from earlier years.",
    ),
)  # fmt: skip
FOOD = CaseWords(
    facts=(
        "the cold store", "the dough room", "the water tank", "the drain in the kitchen", "the display case",
        "the store for flour", "the ice machine", "the loading bay", "the slicing table",
    ),
    faults=(
        "held food at fourteen degrees", "showed fresh droppings", "was fed by water from no public main",
        "was mouldy up to the ceiling", "had standing sewage", "tested positive for listeria",
        "could not be cleaned any more",
    ),
    witnesses=("the inspector", "the laboratory", "a photograph of that morning", "the plumber", "the doctor on call"),
    replies=(
        "The machine was repaired the same evening, and the invoice is attached.",
        "The delivery had come ten minutes before.",
        "We have closed that room ourselves and ask for a second visit.", "Pest control comes every fortnight.",
        "The sample was taken from waste, not from what we sell.",
        "The landlord has been told four times about the drain.",
        "The thermometer of the inspector showed another value than ours.", "We ask to open the front room again.",
    ),
    remarks=(
        "The second sample, taken in the presence of the manager, gave the same result.",
        "Cleaning was begun at once, yet the cause lies in the drain below the floor.",
        "Whoever eats here cannot see the danger and cannot avoid it.",
        "Closing one room would not have been enough, since all rooms share the same water.",
        "The invoice for the repair is dated after the visit and names another machine.",
        "In the year before, the same was found and put right within two days.",
        "A doctor reported three guests who fell ill within hours of one another.",
        "The photographs show the date and the place, and nobody doubts them.",
        "The manager knew the temperature, for it stands in the log that was kept by hand.",
        "A shorter closing was looked at, but the parts cannot be delivered before.",
        "The pest controller's own report recommends closing until the wall is sealed.",
        "What was thrown away before the visit does not count against the house.",
        "Staff were trained in spring, which weighs in its favour, but not against the laboratory.",
        "The reading that the house took itself was with a device that had not been calibrated.",
    ),
)  # fmt: skip
DEBT = CaseWords(
    facts=(
        "the judgment over the rent", "the judgment over unpaid wages", "the settlement of last autumn",
        "the judgment over delivered goods", "the award of the arbitrator", "the judgment over damages",
        "the order for costs",
    ),
    faults=(
        "was not paid within the month", "was paid in part and then no more", "was followed by no statement of assets",
        "could not be enforced at the seat of the company", "was met with a cheque that was not honoured",
    ),
    witnesses=("the bailiff", "the creditor", "the bank that was asked", "the land register", "the court's file"),
    replies=(
        "We paid half and wait for the creditor's account number.", "The creditor owes us a larger sum.",
        "The judgment went to an address that we left in spring.", "We offer six instalments from next month on.",
        "The statement of assets was handed in at the counter.", "The bailiff came on a day when we were closed.",
    ),
    remarks=(
        "The company's account held more than the sum on the day of the visit.",
        "No plan for payment was agreed, though two were proposed by the creditor.",
        "That the creditor owes something else is for another court and stops nothing here.",
        "The judgment was delivered to the address in the commercial register, which is the right one.",
        "What was paid in part was counted, and the rest is still the larger share.",
        "The order was served with its reasons and with the way to object to it.",
        "The director said at the counter that the company can pay and will not.",
        "A lease of two new vans was signed in the month in which payment was due.",
        "Inability was looked at of the court's own motion, and nothing speaks for it.",
        "The creditor confirmed in writing that nothing was received by the last day.",
        "The objection came in time and was heard before this decision.",
        "Instalments were offered only after the order, and the creditor was free to refuse them.",
    ),
)  # fmt: skip
GRANTS = (
    "On the whole this cannot be proved.", "What was shown is too little for a measure of such weight.",
    "The doubt that is left counts for the company.",
)  # fmt: skip
