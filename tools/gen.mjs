// Writes everything that is made from declarations: action.yml and README tables, the example workflows, the reference
// of commands and errors. `--check` writes nothing and fails when something is stale.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  actionDeclarations,
  commands,
  commonInputs,
  exampleWorkflows,
  workflowTemplates,
} from '../packages/host/build/index.js';
import { referenceOf } from './gen-reference.mjs';
import { rules } from '../packages/versioning/build/index.js';
import { errorCatalogue } from '../packages/core/build/index.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const quote = (text) => `'${text.replaceAll("'", "''")}'`;

function actionYml(action) {
  const entry = action.folder === '' ? 'actions/main.js' : 'main.js';
  const lines = [
    '# Made by "npm run gen" from packages/host/src; edit it there.',
    `name: ${quote(action.title)}`,
    `description: ${quote(action.summary)}`,
    "author: 'The Weighbridge authors'",
    'branding:',
    `  icon: ${action.icon}`,
    '  color: blue',
    'inputs:',
  ];
  for (const input of action.inputs) {
    lines.push(
      `  ${input.name}:`,
      `    description: ${quote(input.description)}`,
      `    required: ${input.required === true}`,
    );
    if (input.default !== undefined) lines.push(`    default: ${quote(input.default)}`);
  }
  lines.push('outputs:');
  for (const output of action.outputs) lines.push(`  ${output.name}:`, `    description: ${quote(output.description)}`);
  lines.push('runs:', '  using: node24', `  main: ${entry}`);
  return `${lines.join('\n')}\n`;
}

const cell = (text) => text.replaceAll('|', '\\|');

function tables(action) {
  const inputs = action.inputs.map(
    (input) =>
      `| \`${input.name}\` | ${cell(input.description)} | ${input.default === undefined ? '' : `\`${cell(input.default)}\``} |`,
  );
  const outputs = action.outputs.map((output) => `| \`${output.name}\` | ${cell(output.description)} |`);
  const permissions = action.permissions.map(({ scope, why }) => `| \`${scope}\` | ${why} |`);
  return [
    '### Inputs',
    '',
    '| name | what | default |',
    '| --- | --- | --- |',
    ...inputs,
    '',
    '### Outputs',
    '',
    '| name | what |',
    '| --- | --- |',
    ...outputs,
    '',
    '### Permissions',
    '',
    '| the token needs | for |',
    '| --- | --- |',
    ...permissions,
  ].join('\n');
}

function actionReadme(action) {
  const name = action.folder.replace('actions/', '');
  return `# ${action.title}

<!-- Made by "npm run gen" from packages/host/src; edit it there. -->

${action.description}

\`\`\`yaml
- uses: weighbridge-dev/weighbridge/actions/${name}@v1${shownInputs(action)}
\`\`\`

${tables(action)}
`;
}

function shownInputs({ shown }) {
  const lines = Object.entries(shown).map(([name, value]) => `\n    ${name}: ${value}`);
  return lines.length === 0 ? '' : `\n  with:${lines.join('')}`;
}

function commandReference() {
  const sections = commands.map(({ spec }) => {
    const words = spec.arguments.map((argument) => {
      const name = argument.many ? `${argument.name}...` : argument.name;
      return argument.required ? `<${name}>` : `[${name}]`;
    });
    const rows = [
      ...spec.arguments.map((argument) => `| \`${argument.name}\` | ${cell(argument.description)} |`),
      ...[...spec.inputs, ...commonInputs]
        .filter((input) => input.only !== 'action')
        .map((input) => {
          const value = input.type === 'boolean' ? '' : ` ${input.placeholder ?? 'VALUE'}`;
          const fallback =
            input.default !== undefined && input.type !== 'boolean' ? ` Default: \`${input.default}\`.` : '';
          return `| \`--${input.name}${value}\` | ${cell(input.description)}${fallback} |`;
        }),
      '| `--json` | Print one JSON document to stdout. |',
    ];
    const examples = spec.examples.map((example) => `    ${example}`).join('\n');
    return `## weighbridge ${spec.name} ${words.join(' ')}\n\n${spec.summary}.\n\n${spec.description}\n\n| word | meaning |\n| --- | --- |\n${rows.join('\n')}\n\n${examples}\n`;
  });
  return `# Commands\n\n<!-- Made by "npm run gen" from packages/host/src; edit it there. -->\n\nExit codes: 0 pass, 1 a gate failed or something is not as required, 2 configuration or usage, 3 an outside system, 70 our bug.\n\n${sections.join('\n')}`;
}

function errorReference() {
  const rows = Object.entries(errorCatalogue)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([code, { exit, message, remedy }]) => `| \`${code}\` | ${exit} | ${cell(message)} | ${cell(remedy)} |`);
  return `# Errors\n\n<!-- Made by "npm run gen" from packages/core/src/errors; edit it there. -->\n\nEvery error has a code that does not change. Words in braces are filled in.\n\n| code | exit | what is wrong | what to do |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

function ruleReference() {
  const rows = Object.entries(rules).map(
    ([name, { weights, interface: byInterface, says }]) =>
      `| \`${name}\` | ${weights} | ${byInterface} | ${cell(says)} |`,
  );
  return `# Versioning rules\n\n<!-- Made by "npm run gen" from packages/versioning/src/rules; edit it there. -->\n\nThe bump of each kind of change under both presets. \`versioning.rules\` of weighbridge.yaml overrides them by these names, or by the facet before the dot.\n\n| rule | weights | interface | when |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

const files = new Map();
for (const action of actionDeclarations) {
  files.set(join(action.folder, 'action.yml'), actionYml(action));
  if (action.folder !== '') {
    const name = action.folder.replace('actions/', '');
    files.set(join(action.folder, 'README.md'), actionReadme(action));
    files.set(
      join(action.folder, 'main.js'),
      `import { runAction } from '../../dist/index.js';\nawait runAction('${name}');\n`,
    );
  }
}
files.set('actions/main.js', "import { runAction } from '../dist/index.js';\nawait runAction('');\n");
files.set('actions/package.json', '{\n  "type": "module"\n}\n');
for (const [path, text] of exampleWorkflows()) files.set(join('workflows-examples', path.split('/').at(-1)), text);
for (const [path, text] of workflowTemplates()) files.set(join('examples', 'governed-repository', path), text);
files.set('docs/commands.md', commandReference());
files.set('docs/errors.md', errorReference());

files.set('docs/rules.md', ruleReference());

const documented = [
  'core',
  'flows',
  'formats',
  'gates',
  'git',
  'host',
  'ledger',
  'manifest',
  'ports',
  'report',
  'forges',
  'storage',
  'stores',
  'versioning',
];
for (const name of documented) files.set(`docs/reference/${name}.md`, await referenceOf(root, name));

const check = process.argv.includes('--check');
let stale = 0;
for (const [path, text] of files) {
  const target = join(root, path);
  const before = await readFile(target, 'utf8').catch(() => null);
  if (before === text) continue;
  stale += 1;
  if (check) {
    console.error(`stale: ${path}`);
    continue;
  }
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text);
  console.log(`wrote ${path}`);
}
if (check && stale > 0) {
  console.error('Run "npm run gen" and commit what it writes.');
  process.exitCode = 1;
}
