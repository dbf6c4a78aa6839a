/** An `MLmodel` file as MLflow writes it: run, identifiers and times are others in each `saved`. */
export const mlmodelOf = ({
  inputs = [{ type: 'double', name: 'x', required: true }],
  outputs = [{ type: 'long', required: true }],
  saved = 1,
  sklearn = '1.9.1',
}: {
  readonly inputs?: readonly object[];
  readonly outputs?: readonly object[];
  readonly saved?: number;
  readonly sklearn?: string;
} = {}) => `flavors:
  python_function: { loader_module: mlflow.sklearn, model_path: model.safetensors, python_version: 3.12.1 }
  sklearn: { sklearn_version: ${sklearn}, serialization_format: cloudpickle }
mlflow_version: 3.${saved}.2
model_id: m-${saved}
model_size_bytes: ${saved}00
model_uuid: m-${saved}
run_id: run-${saved}
signature:
  inputs: '${JSON.stringify(inputs)}'
  outputs: '${JSON.stringify(outputs)}'
  params: null
utc_time_created: '2026-11-2${saved} 04:07:41.353883'
`;
