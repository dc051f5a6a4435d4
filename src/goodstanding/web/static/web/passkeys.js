// Asks the browser for a passkey, puts its answer into the form and sends the form. The only script of this register.
(function () {
  const form = document.querySelector("form[data-passkey]")
  if (!form) return
  const failed = form.querySelector("[data-passkey-failed]")
  const flag = form.querySelector("input[name=passwordless]")

  function options() {
    const asked = JSON.parse(form.dataset.options)
    if (flag && flag.checked) {
      const wanted = asked.publicKey.authenticatorSelection
      wanted.residentKey = wanted.userVerification = "required"
      wanted.requireResidentKey = true
    }
    return asked
  }

  form.querySelector("[data-passkey-button]").addEventListener("click", async function () {
    failed.hidden = true
    try {
      const ask = form.dataset.passkey === "create" ? window.webauthnJSON.create : window.webauthnJSON.get
      form.querySelector("[data-passkey-credential]").value = JSON.stringify(await ask(options()))
      form.submit()
    } catch (error) {
      failed.hidden = false
    }
  })
})()
