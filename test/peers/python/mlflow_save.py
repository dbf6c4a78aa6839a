"""Saves a model with a signature into the folder that is given: optional inputs by the names that follow."""

import json
import os
import shutil
import sys
import tempfile

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"

import mlflow
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, Schema


# A class that is pickled by value has another random name in each pickle; a model of code is its text.
CODE = """
import mlflow


class Echo(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return model_input


mlflow.models.set_model(Echo())
"""

folder, *optional = sys.argv[1:]
inputs = [ColSpec("double", "x"), *(ColSpec("string", name, required=False) for name in optional)]
signature = ModelSignature(inputs=Schema(inputs), outputs=Schema([ColSpec("double", "x")]))
shutil.rmtree(folder, ignore_errors=True)
with tempfile.TemporaryDirectory() as place:
    code = os.path.join(place, "echo.py")
    with open(code, "w", encoding="utf-8") as file:
        file.write(CODE)
    requirements = ["mlflow-skinny==3.17.2"]
    mlflow.pyfunc.save_model(folder, python_model=code, signature=signature, pip_requirements=requirements)
print(json.dumps(sorted(os.listdir(folder))))
