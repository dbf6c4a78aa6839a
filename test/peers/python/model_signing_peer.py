"""Signs or verifies a folder with the reference implementation; prints what became of it as JSON."""

import json
import pathlib
import sys

from model_signing import signing, verifying


def main() -> None:
    for asked in json.load(sys.stdin):
        folder, signature = pathlib.Path(asked["folder"]), pathlib.Path(asked["signature"])
        if asked["do"] == "sign":
            signer(asked).sign(folder, signature)
            answers.append("signed")
            continue
        try:
            verifier(asked).verify(folder, signature)
            answers.append("good")
        except Exception as error:  # noqa: BLE001: its verdict is whether it raises
            answers.append(f"{type(error).__name__}: {error}")


def signer(asked: dict[str, str]) -> signing.Config:
    if "key" in asked:
        return signing.Config().use_elliptic_key_signer(private_key=pathlib.Path(asked["key"]))
    trust = pathlib.Path(asked["trust"])
    return signing.Config().use_sigstore_signer(identity_token=asked["token"], trust_config=trust)


def verifier(asked: dict[str, str]) -> verifying.Config:
    if "key" in asked:
        return verifying.Config().use_elliptic_key_verifier(public_key=pathlib.Path(asked["key"]))
    return verifying.Config().use_sigstore_verifier(
        identity=asked["identity"], oidc_issuer=asked["issuer"], trust_config=pathlib.Path(asked["trust"])
    )


answers: list[str] = []
main()
print(json.dumps(answers))
