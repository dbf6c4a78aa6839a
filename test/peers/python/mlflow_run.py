"""Logs a run with parameters, metrics, a data set and a model to the tracking server that is given."""

import json
import os
import sys

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"

# What it prints of a run would stand before the answer.
os.environ["MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT"] = "true"

import mlflow
import pandas


class Echo(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return model_input


mlflow.set_tracking_uri(sys.argv[1])
mlflow.set_experiment("fraud")
with mlflow.start_run(run_name="first", tags={"team": "risk"}) as run:
    mlflow.log_params({"lr": 0.1, "epochs": 3})
    mlflow.log_metric("acc", 0.91, step=1)
    mlflow.log_metric("acc", 0.93, step=2)
    mlflow.set_tag("mlflow.source.git.commit", "a" * 40)
    frame = pandas.DataFrame({"x": [1, 2]})
    data = mlflow.data.from_pandas(frame, source="s3://acme/train.csv", name="train")
    mlflow.log_input(data, context="training")
    model = mlflow.pyfunc.log_model(
        name="echo", python_model=Echo(), params={"depth": 4, "lr": 7}, pip_requirements=["scikit-learn==1.9.1"]
    )
    mlflow.log_metric("recall", 0.8, model_id=model.model_id)
print(json.dumps(run.info.run_id))
