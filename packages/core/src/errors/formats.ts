import type { ErrorArea } from './definition.js';

export const formatsErrors = {
  'formats/safetensors-malformed': {
    exit: 2,
    message: '{name} is not a sound safetensors file: {reason}.',
    remedy: 'Save it again with a current release of safetensors, or fetch the file again if the copy was interrupted.',
  },
  'formats/shards-disagree': {
    exit: 2,
    message: '{name} and the shards that it lists disagree: {reason}.',
    remedy:
      'Save the model again, so that the index and all shards come from one run, and list all of them under artifacts.',
  },
  'formats/gguf-malformed': {
    exit: 2,
    message: '{name} is not a sound GGUF file: {reason}.',
    remedy:
      'Convert the model again with a current release of llama.cpp, or fetch the file again if the copy was interrupted.',
  },
  'formats/gguf-unsupported': {
    exit: 2,
    message: '{name} is a GGUF file that cannot be read: {reason}.',
    remedy: 'Convert the model again with a current release of llama.cpp, which writes little-endian GGUF version 3.',
  },
  'formats/tensor-bytes-missing': {
    exit: 2,
    message: 'The tensors of this model lie in "{path}", which cannot be opened.',
    remedy: 'Put the file beside the model and list it under artifacts.',
  },
  'formats/json-malformed': {
    exit: 2,
    message: '{name}:{line}:{column}: this is not strict JSON: {reason}.',
    remedy: 'Write the file again with the program that made it, or correct the place in an editor.',
  },
  'formats/yaml-malformed': {
    exit: 2,
    message: '{name}:{line}:{column}: the YAML cannot be read: {reason}.',
    remedy: 'Correct the place in an editor that knows YAML; every key may stand once.',
  },
  'formats/document-too-large': {
    exit: 2,
    message: '{name} has more than {limit} {what}.',
    remedy: 'Check that the file is what its name says; weights and records do not belong into it.',
  },
  'formats/document-malformed': {
    exit: 2,
    message: '{name} is no sound {kind}: {reason}.',
    remedy: 'Write the file again with the library that made it.',
  },
  'formats/truncated': {
    exit: 2,
    message: '{name} ends at byte {sizeBytes}, but its header speaks of byte {neededBytes}.',
    remedy: 'Copy or download the file again and compare its size with the original.',
  },
  'formats/header-too-large': {
    exit: 2,
    message: 'The header of {name} takes more than {limitBytes} bytes to read.',
    remedy:
      'Check that the file is what its name says; save the weights in a format with a compact header, such as safetensors.',
  },
  'formats/too-complex': {
    exit: 2,
    message: '{name} has more {what} than {limit}.',
    remedy: 'Check that the file is what its name says; split the model when it is really that large.',
  },
  'formats/onnx-malformed': {
    exit: 2,
    message: '{name} is not a sound ONNX model: {reason}.',
    remedy: 'Run onnx.checker.check_model on the file and export it again.',
  },
  'formats/onnx-external-path': {
    exit: 2,
    message: '{name} keeps a tensor in "{path}", which is not a path beside the model.',
    remedy:
      'Save it again with onnx.save_model(..., save_as_external_data=True), which writes the weights beside the model.',
  },
  'formats/onnx-external-missing': {
    exit: 2,
    message: '{name} keeps tensors in "{path}", and that file is not beside it.',
    remedy: 'Put the external data file into the folder of the model and list both under artifacts.',
  },
  'formats/zip-malformed': {
    exit: 2,
    message: '{name} is not a sound zip archive: {reason}.',
    remedy:
      'Write it again with the program that made it, such as torch.save or actions/upload-artifact, and do not repack it.',
  },
  'formats/torch-malformed': {
    exit: 2,
    message: '{name} is not a sound PyTorch checkpoint: {reason}.',
    remedy: 'Load it where you trust it and save its state dict again, best as safetensors.',
  },
  'formats/torch-compressed': {
    exit: 2,
    message: '{name} holds "{entry}" compressed by a method that is not DEFLATE.',
    remedy:
      'Load the checkpoint where you trust it and write it again with torch.save, which stores entries uncompressed.',
  },
  'formats/inflation-budget': {
    exit: 2,
    message: 'The compressed files that this run opens hold more than {limitBytes} bytes when they are inflated.',
    remedy:
      'Store weights uncompressed, as torch.save and numpy.savez do, or name fewer models at once in the command.',
  },
  'formats/pickle-malformed': {
    exit: 2,
    message: '{name} is not a sound pickle: {reason}.',
    remedy: 'Save the object again, best in a format that runs no code, such as safetensors, ONNX or skops.',
  },
  'formats/metrics-encoding': {
    exit: 2,
    message: '{name} is not UTF-8 text, as metric documents are.',
    remedy: 'Save it as UTF-8; for metrics in a binary format, export them as JSON or CSV.',
  },
  'formats/metrics-syntax': {
    exit: 2,
    message: '{name}:{line}:{column}: the metrics cannot be read: {reason}.',
    remedy: 'Write the file again with the program that made it, or check it in an editor that knows the format.',
  },
  'formats/metrics-duplicate': {
    exit: 2,
    message: '{name} gives "{key}" more than once.',
    remedy: 'Keep one of the values: which one was meant cannot be known.',
  },
  'formats/metrics-limit': {
    exit: 2,
    message: '{name} has more {what} than {limit}.',
    remedy: 'Write the summary metrics to a file of their own and name that file under metrics.',
  },
  'formats/metrics-none': {
    exit: 2,
    message: '{name} holds no metric in any format that is known.',
    remedy: 'Write numbers by name as JSON, such as "accuracy": 0.93, or use a format of the documentation.',
  },
} as const satisfies ErrorArea;
