"""The pages, by what they are about; each view's `build` gives what its page, its twin and `/v1` say."""
