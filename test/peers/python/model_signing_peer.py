"""Signs or verifies a folder with the reference implementation; prints what became of it as JSON."""

import json
import pathlib
import sys

from model_signing import signing, verifying


def main() -> None:
    for asked in json.load(sys.stdin):
        folder, signature = pathlib.Path(asked["folder"]), pathlib.Path(asked["signature"])
        if asked["do"] == "sign":
            config = signing.Config().use_elliptic_key_signer(private_key=pathlib.Path(asked["key"]))
            config.sign(folder, signature)
            answers.append("signed")
            continue
        config = verifying.Config().use_elliptic_key_verifier(public_key=pathlib.Path(asked["key"]))
        try:
            config.verify(folder, signature)
            answers.append("good")
        except Exception as error:  # noqa: BLE001: its verdict is whether it raises
            answers.append(f"{type(error).__name__}: {error}")


answers: list[str] = []
main()
print(json.dumps(answers))
