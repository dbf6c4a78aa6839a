import type { CorpusCase } from './corpus-case.js';

const prompt = { from: 'kind: prompt\nprompts: [p/*]\n', to: 'kind: prompt\nprompts: [p/*]\n' };
const text = (body: string, path = 'p/answer.md') => ({ [path]: body });
const retrieval = { from: 'kind: retrieval\nretrieval: r.yaml\n', to: 'kind: retrieval\nretrieval: r.yaml\n' };
const settings = (over: Readonly<Record<string, string>> = {}) => {
  const lines = {
    embedding: '{ model: BAAI/bge-m3, dimension: 1024 }',
    chunking: '{ size: 512, overlap: 64 }',
    index: '{ store: qdrant, distance: cosine }',
    query: '{ top_k: 8 }',
    ...over,
  };
  return {
    'r.yaml': Object.entries(lines)
      .map(([key, value]) => `${key}: ${value}\n`)
      .join(''),
  };
};
const langchain = {
  'r.yaml':
    'embeddings: { model_name: BAAI/bge-m3, dimension: 1024 }\ntext_splitter: { chunk_size: 512, chunk_overlap: 64 }\nvectorstore: { _type: qdrant, distance: cosine }\nretriever: { search_kwargs: { k: 8 } }\n',
};

export const promptRetrievalCases: readonly CorpusCase[] = [
  {
    name: 'a prompt worded otherwise',
    from: text('Answer {question} briefly.'),
    to: text('Answer {question} in one sentence.'),
    bump: ['minor', 'patch'],
    rules: ['prompts.own-wording'],
    manifest: prompt,
  },
  {
    name: 'a prompt without one of its variables',
    from: text('Answer {question} from {context}.'),
    to: text('Answer {question}.'),
    bump: 'major',
    rules: ['prompts.variable-removed'],
    manifest: prompt,
  },
  {
    name: 'a prompt that asks for more',
    from: text('Answer {{ question }}.'),
    to: text('Answer {{ question }} in {{ language }}.'),
    bump: 'major',
    rules: ['prompts.variable-added'],
    manifest: prompt,
  },
  {
    name: 'a prompt that asks for more, with a default',
    from: text('Answer {{ question }}.'),
    to: text("Answer {{ question }} in {{ language | default('English') }}."),
    bump: 'minor',
    rules: ['prompts.variable-added-optional'],
    manifest: prompt,
  },
  {
    name: 'a prompt written for Jinja2 now',
    from: text('Answer {question}.'),
    to: text('{% if question %}Answer {{ question }}.{% endif %}'),
    bump: 'major',
    rules: ['prompts.language', 'prompts.variable-optional'],
    manifest: prompt,
  },
  {
    name: 'a chat with a system message',
    from: { 'p/chat.yaml': '- { role: user, content: "{q}" }\n' },
    to: { 'p/chat.yaml': '- { role: system, content: Be kind. }\n- { role: user, content: "{q}" }\n' },
    bump: 'minor',
    rules: ['prompts.roles'],
    manifest: prompt,
  },
  {
    name: 'a chat with one example more',
    from: {
      'p/chat.json':
        '[{"role":"user","content":"1"},{"role":"assistant","content":"2"},{"role":"user","content":"{q}"}]',
    },
    to: {
      'p/chat.json':
        '[{"role":"user","content":"1"},{"role":"assistant","content":"2"},{"role":"user","content":"3"},{"role":"assistant","content":"4"},{"role":"user","content":"{q}"}]',
    },
    bump: ['minor', 'patch'],
    rules: ['prompts.examples'],
    manifest: prompt,
  },
  {
    name: 'a second prompt',
    from: text('Hi {name}'),
    to: { ...text('Hi {name}'), 'p/bye.md': 'Bye {name}' },
    bump: 'minor',
    rules: ['prompts.template-added'],
    manifest: prompt,
  },
  {
    name: 'a prompt in another file',
    from: text('Hi {name}'),
    to: text('Hi {name}', 'p/greeting.md'),
    bump: 'none',
    rules: ['prompts.renamed'],
    manifest: prompt,
  },
  {
    name: 'another embedding',
    from: settings(),
    to: settings({ embedding: '{ model: intfloat/e5-large-v2, dimension: 1024 }' }),
    bump: ['major', 'minor'],
    rules: ['retrieval.embedding'],
    manifest: retrieval,
  },
  {
    name: 'shorter vectors',
    from: settings(),
    to: settings({ embedding: '{ model: BAAI/bge-m3, dimension: 512 }' }),
    bump: ['major', 'minor'],
    rules: ['retrieval.embedding'],
    manifest: retrieval,
  },
  {
    name: 'smaller pieces',
    from: settings(),
    to: settings({ chunking: '{ size: 256, overlap: 64 }' }),
    bump: ['minor', 'patch'],
    rules: ['retrieval.chunking'],
    manifest: retrieval,
  },
  {
    name: 'another distance',
    from: settings(),
    to: settings({ index: '{ store: qdrant, distance: dot }' }),
    bump: ['minor', 'patch'],
    rules: ['retrieval.index'],
    manifest: retrieval,
  },
  {
    name: 'more hits',
    from: settings(),
    to: settings({ query: '{ top_k: 20 }' }),
    bump: 'patch',
    rules: ['retrieval.query'],
    manifest: retrieval,
  },
  {
    name: 'comments and another order',
    from: settings(),
    to: {
      'r.yaml': `# tuned in May\nquery: { top_k: 8 }\n${settings()['r.yaml'].replace('query: { top_k: 8 }\n', '')}`,
    },
    bump: 'none',
    rules: ['retrieval.layout'],
    manifest: retrieval,
  },
  {
    name: 'the settings of LangChain, moved into the documented layout',
    from: langchain,
    to: settings(),
    bump: 'none',
    rules: ['retrieval.layout'],
    manifest: retrieval,
  },
  {
    name: 'the same move, and more hits',
    from: langchain,
    to: settings({ query: '{ top_k: 20 }' }),
    bump: 'patch',
    rules: ['retrieval.query'],
    manifest: retrieval,
  },
];
