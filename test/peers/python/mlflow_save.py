"""Saves a model with a signature into the folder that is given: optional inputs by the names that follow."""

import json
import os
import shutil
import sys

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"

import mlflow
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, Schema


class Echo(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return model_input


folder, *optional = sys.argv[1:]
inputs = [ColSpec("double", "x"), *(ColSpec("string", name, required=False) for name in optional)]
signature = ModelSignature(inputs=Schema(inputs), outputs=Schema([ColSpec("double", "x")]))
shutil.rmtree(folder, ignore_errors=True)
mlflow.pyfunc.save_model(folder, python_model=Echo(), signature=signature, pip_requirements=["mlflow-skinny==3.17.2"])
print(json.dumps(sorted(os.listdir(folder))))
