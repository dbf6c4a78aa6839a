export const id = 6425;
export const ids = [6425];
export const modules = {

/***/ 56425:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openSources: () => (/* binding */ openSources)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./packages/flows/build/pull/without-credentials.js
var without_credentials = __webpack_require__(63265);
// EXTERNAL MODULE: ./packages/manifest/build/reference/immutable-reference.js
var immutable_reference = __webpack_require__(86070);
// EXTERNAL MODULE: ./packages/manifest/build/reference/reference.js
var reference_reference = __webpack_require__(68215);
;// CONCATENATED MODULE: ./packages/sources/build/http/platform-fetch.js
/**
 * The platform's fetch, through the proxy where there is one: before Node 24 the platform's own ignores proxies, so
 * undici's is loaded then, and only then.
 */
function platformFetch(proxy) {
    if (proxy.https === undefined && proxy.http === undefined)
        return fetch;
    let loading = null;
    const through = async (input, init = {}) => (await (loading ??= load(proxy)))(input, init);
    return through;
}
async function load(proxy) {
    const { EnvHttpProxyAgent, fetch: undiciFetch } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 46752, 19));
    const dispatcher = new EnvHttpProxyAgent({
        ...(proxy.https === undefined ? {} : { httpsProxy: proxy.https }),
        ...(proxy.http === undefined ? {} : { httpProxy: proxy.http }),
        noProxy: proxy.none ?? '',
    });
    return (input, init) => undiciFetch(input, { ...init, dispatcher });
}
//# sourceMappingURL=platform-fetch.js.map
;// CONCATENATED MODULE: ./packages/sources/build/http/service-address.js
/**
 * The address of a service as an environment variable gives it, without a slash at its end; null for what is no address
 * of a server, or carries a user or a query that would end up in messages.
 */
function serviceAddress(text) {
    const trimmed = text?.trim().replace(/\/+$/, '') ?? '';
    if (!URL.canParse(trimmed))
        return null;
    const url = new URL(trimmed);
    if (!/^https?:$/.test(url.protocol) || `${url.username}${url.password}${url.search}${url.hash}` !== '')
        return null;
    return trimmed;
}
/** RFC 7617. */
function basicAuthorization(user, password) {
    return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}
/** A variable that is set to something. */
function setting(environment, ...names) {
    for (const name of names) {
        const value = environment[name]?.trim() ?? '';
        if (value !== '')
            return value;
    }
    return null;
}
//# sourceMappingURL=service-address.js.map
;// CONCATENATED MODULE: ./packages/sources/build/http/known-services.js


const hubAddress = 'https://huggingface.co';
/** Why the Hub is not asked, worded as in Pinning. */
const noHub = {
    because: 'HF_ENDPOINT is no address of a server',
    remedy: 'Write HF_ENDPOINT like https://hub.acme.example, without a user or a query.',
};
/** Why lakeFS is not asked, worded as in Pinning. */
const noLakefs = {
    because: 'nothing says where lakeFS is',
    remedy: 'Set LAKECTL_SERVER_ENDPOINT_URL, or write the commit id as the ref.',
};
/** The Hugging Face Hub; null for an address that cannot be read: the token is for that server, and must not go to the public one instead. */
function hubService(environment, means) {
    const token = setting(environment, 'HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN');
    const baseUrl = serviceAddress(setting(environment, 'HF_ENDPOINT') ?? hubAddress);
    if (baseUrl === null)
        return null;
    return { ...means, baseUrl, authorization: token === null ? null : `Bearer ${token}` };
}
/** lakeFS by lakectl's own variables, null where none says where it is; the address may have the path of the API at its end, as lakectl takes it. */
function lakefsService(environment, means) {
    const address = serviceAddress(setting(environment, 'LAKECTL_SERVER_ENDPOINT_URL', 'LAKEFS_ENDPOINT') ?? undefined)?.replace(/\/api\/v1$/, '');
    if (address === undefined)
        return null;
    const key = setting(environment, 'LAKECTL_CREDENTIALS_ACCESS_KEY_ID', 'LAKEFS_ACCESS_KEY_ID');
    const secret = setting(environment, 'LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY', 'LAKEFS_SECRET_ACCESS_KEY');
    const authorization = key === null || secret === null ? null : basicAuthorization(key, secret);
    return { ...means, baseUrl: address, authorization };
}
function sleep(milliseconds) {
    return new Promise((resolve) => {
        setTimeout(resolve, milliseconds);
    });
}
/** The usual means where none are given. */
function meansOf(options) {
    return { fetch: options.fetch ?? platformFetch(options.proxy ?? {}), sleep: options.sleep ?? sleep };
}
//# sourceMappingURL=known-services.js.map
// EXTERNAL MODULE: ./packages/formats/build/documents/strict-json.js
var strict_json = __webpack_require__(9054);
// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var errors_error = __webpack_require__(49302);
;// CONCATENATED MODULE: ./packages/sources/build/http/patience.js
/** How long nothing may come. */
const idleMs = 30_000;
/** How long one answer may take in all: one that comes drop by drop is none. */
const totalMs = 10 * 60_000;
/** Begins now: 30 seconds until something comes, and 10 minutes in all. */
function startPatience() {
    const controller = new AbortController();
    const stop = () => controller.abort(new DOMException('the time is over', 'TimeoutError'));
    const idle = setTimeout(stop, idleMs);
    const total = setTimeout(stop, totalMs);
    return {
        signal: controller.signal,
        moved: () => void idle.refresh(),
        end: () => {
            clearTimeout(idle);
            clearTimeout(total);
        },
    };
}
//# sourceMappingURL=patience.js.map
;// CONCATENATED MODULE: ./packages/sources/build/http/ask-json.js



const maxAnswerBytes = 16 * 1024 * 1024;
const maxRedirects = 3;
const maxTries = 3;
const firstWaitMs = 500;
/**
 * Asks until there is an outcome: what may pass (429, 5xx, no answer) is tried again twice. Redirects are followed to
 * any host, but the credentials stay with the first one. Nothing that the service says in words is repeated.
 */
async function askText(service, question) {
    return askAnything(service, question, readAnswer);
}
/**
 * As askText, of an answer that is read in some other way. What is refused with the status null is asked again. Whoever
 * reads says when something came: an answer may take long, but must not stand still.
 */
async function askAnything(service, question, read) {
    for (let attempt = 1;; attempt++) {
        const answer = await tryOnce(service, question, read);
        if (!isRefused(answer) || attempt >= maxTries || !mayPass(answer.status))
            return answer;
        // Who was refused together does not come again together.
        await service.sleep(firstWaitMs * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
}
function isRefused(answer) {
    return answer.kind === 'refused';
}
/** As askText, of what must be JSON. */
async function askJson(service, question) {
    const answer = await askText(service, question);
    if (answer.kind === 'refused')
        return answer;
    try {
        return { kind: 'answer', json: (0,strict_json/* parseStrictJson */.RJ)(answer.text, { nonFinite: 'keep-as-text' }) };
    }
    catch (error) {
        if (!(error instanceof errors_error/* WeighbridgeError */.kj) || error.exitCode === 70)
            throw error;
        return { kind: 'refused', status: 200, because: 'its answer is no JSON' };
    }
}
function mayPass(status) {
    return status === null || status === 429 || status >= 500;
}
async function tryOnce(service, { path, body, headers = {} }, read) {
    const start = new URL(`${service.baseUrl}${path}`);
    let url = start;
    for (let hops = 0; hops <= maxRedirects; hops++) {
        const patience = startPatience();
        try {
            const response = await send(service, { url, start, body, headers, signal: patience.signal });
            if ('because' in response)
                return { kind: 'refused', status: null, because: response.because };
            const next = redirectOf(response, url);
            if (next === null)
                return await read(response, patience.moved);
            await response.body?.cancel();
            // A question with a body is not sent to where somebody points.
            if (body !== undefined)
                return { kind: 'refused', status: response.status, because: 'it answered with a redirect' };
            url = next;
        }
        finally {
            patience.end();
        }
    }
    return { kind: 'refused', status: 310, because: `it redirected more than ${maxRedirects} times` };
}
async function send({ fetch, authorization }, { url, start, body, headers: own, signal }) {
    const headers = { accept: 'application/json, text/plain;q=0.9, */*;q=0.1', ...own };
    if (authorization !== null && url.origin === start.origin)
        headers['authorization'] = authorization;
    if (body !== undefined)
        headers['content-type'] = 'application/json';
    try {
        return await fetch(url, {
            method: body === undefined ? 'GET' : 'POST',
            headers,
            redirect: 'manual',
            signal,
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
    }
    catch (error) {
        return { because: `it cannot be reached (${codeOf(error)})` };
    }
}
/** The code of a system error: a message can quote what was sent. */
function codeOf(error) {
    const { code, cause, name } = error;
    const found = [cause?.code, code, name].find((word) => typeof word === 'string' && /^[A-Za-z0-9_]{1,40}$/.test(word));
    return typeof found === 'string' ? found : 'unknown';
}
function redirectOf(response, from) {
    const location = response.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null)
        return null;
    const next = URL.canParse(location, from.href) ? new URL(location, from) : null;
    return next !== null && /^https?:$/.test(next.protocol) ? next : null;
}
async function readAnswer(response) {
    const { status } = response;
    const bytes = await readBody(response, maxAnswerBytes);
    if (!response.ok)
        return { kind: 'refused', status, because: `it answered ${status}` };
    if (bytes === null)
        return { kind: 'refused', status, because: 'its answer is too long or broke off' };
    return { kind: 'text', text: new TextDecoder('utf-8').decode(bytes) };
}
/** Null for a body that is longer than allowed, or breaks off; `moved` is called for each part that comes. */
async function readBody(response, maxBytes, moved = () => { }) {
    const chunks = [];
    let sizeBytes = 0;
    try {
        for await (const chunk of (response.body ?? [])) {
            moved();
            sizeBytes += chunk.length;
            if (sizeBytes > maxBytes)
                return null;
            chunks.push(chunk);
        }
    }
    catch {
        // A body that breaks off is no answer, whatever broke it.
        return null;
    }
    return Buffer.concat(chunks);
}
//# sourceMappingURL=ask-json.js.map
;// CONCATENATED MODULE: ./packages/sources/build/hub/pin-hub.js



const types = { model: 'models', dataset: 'datasets', space: 'spaces' };
/**
 * The commit that a revision of the Hugging Face Hub stands for now (`GET /api/<type>/<repository>/revision/<revision>`,
 * as huggingface_hub asks it); `main` where none is written.
 */
async function pinHub(service, reference) {
    const answer = await askJson(service, { path: revisionPath(reference) });
    if (answer.kind === 'refused')
        return { pinned: null, ...explainHub(service, reference, answer) };
    const sha = commitOf(answer.json);
    if (sha === null) {
        return { pinned: null, because: 'the Hugging Face Hub named no commit', remedy: 'Write the commit id after @.' };
    }
    return { pinned: (0,reference_reference/* formatReference */.F)({ ...reference, revision: sha }) };
}
/** Where the Hub tells of a revision. */
function revisionPath({ type, repository, revision }) {
    const name = repository.split('/').map(encodeURIComponent).join('/');
    return `/api/${types[type]}/${name}/revision/${encodeURIComponent(revision ?? 'main')}`;
}
/** The commit that the Hub tells of; null for an answer that names none. */
function commitOf(json) {
    const sha = (0,strict_json/* isJsonObject */.OW)(json) ? json['sha'] : undefined;
    return typeof sha === 'string' && /^[0-9a-f]{40}$/.test(sha) ? sha : null;
}
/** Why the Hub refused, worded as in Pinning. */
function explainHub({ authorization }, reference, { status, because }) {
    // The Hub answers 401 for what is not there, too, when nobody says who asks.
    if (status !== null && [401, 403, 404].includes(status)) {
        const remedy = authorization === null
            ? 'Correct the name, or set HF_TOKEN to a token that may read it.'
            : 'Correct the name, or allow the account of HF_TOKEN to read it (gated repositories ask to be accepted first).';
        const what = `${reference.repository}${reference.revision === null ? '' : ` at ${reference.revision}`}`;
        return { because: `the Hugging Face Hub shows no ${what} to this account`, remedy };
    }
    const remedy = 'Run it again, or write the commit id after @.';
    return { because: `of the Hugging Face Hub: ${because}`, remedy };
}
//# sourceMappingURL=pin-hub.js.map
;// CONCATENATED MODULE: ./packages/sources/build/lakefs/pin-lakefs.js



/**
 * The commit that a branch, tag or expression of lakeFS stands for now: the newest of its log
 * (`GET /repositories/{repository}/refs/{ref}/commits`), after a look whether the path is there at that commit, as an
 * object or as a folder. What is uploaded and not committed yet is part of no commit, and so of no version.
 */
async function pinLakefs(service, reference) {
    const { repository, ref, path } = reference;
    const found = await findCommit(service, reference);
    if ('because' in found)
        return { pinned: null, because: found.because, remedy: found.remedy };
    const { commit } = found;
    const refs = refsPath(reference);
    const query = `prefix=${encodeURIComponent(path)}&amount=1`;
    const listed = await askJson(service, { path: `${refs}/${commit}/objects/ls?${query}` });
    if (listed.kind === 'refused')
        return { pinned: null, ...explainLakefs(service, reference, listed) };
    if (!holds(listed.json, path)) {
        const because = `${repository} has no ${path} at the commit of ${ref}`;
        return { pinned: null, because, remedy: 'Correct the path, or commit what was uploaded.' };
    }
    return { pinned: (0,reference_reference/* formatReference */.F)({ ...reference, ref: commit }) };
}
/** Where lakeFS tells of the refs of a repository. */
function refsPath({ repository }) {
    return `/api/v1/repositories/${encodeURIComponent(repository)}/refs`;
}
/** The commit that a ref stands for now; or why there is none. */
async function findCommit(service, reference) {
    const { ref } = reference;
    const log = await askJson(service, {
        path: `${refsPath(reference)}/${encodeURIComponent(ref)}/commits?amount=1`,
    });
    if (log.kind === 'refused')
        return { status: log.status, ...explainLakefs(service, reference, log) };
    const commit = newestOf(log.json);
    if (commit !== null)
        return { commit };
    return { status: 200, because: `lakeFS named no commit of ${ref}`, remedy: 'Write the commit id as the ref.' };
}
function newestOf(json) {
    const results = (0,strict_json/* isJsonObject */.OW)(json) && Array.isArray(json['results']) ? json['results'] : [];
    const first = results[0];
    const id = (0,strict_json/* isJsonObject */.OW)(first) ? first['id'] : null;
    return typeof id === 'string' && /^[0-9a-f]{64}$/.test(id) ? id : null;
}
/** A listing by prefix also shows neighbours whose names begin alike. */
function holds(json, path) {
    const results = (0,strict_json/* isJsonObject */.OW)(json) && Array.isArray(json['results']) ? json['results'] : [];
    const folder = path.endsWith('/') ? path : `${path}/`;
    return results.some((each) => {
        const found = (0,strict_json/* isJsonObject */.OW)(each) ? each['path'] : null;
        return typeof found === 'string' && (found === path || found.startsWith(folder));
    });
}
/** Why lakeFS refused, worded as in Pinning. */
function explainLakefs({ authorization }, { repository, ref }, { status, because }) {
    const what = `${repository} at ${ref}`;
    if (status === 404) {
        const remedy = 'Correct the repository and the ref, or write the commit id.';
        return { because: `lakeFS has no ${what}`, remedy };
    }
    if (status === 401 || status === 403) {
        const whom = authorization === null ? 'to nobody in particular' : 'to this key';
        const remedy = 'Set LAKECTL_CREDENTIALS_ACCESS_KEY_ID and LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY to a key that may read it.';
        return { because: `lakeFS does not show ${what} ${whom}`, remedy };
    }
    return { because: `of lakeFS: ${because}`, remedy: 'Run it again, or write the commit id as the ref.' };
}
//# sourceMappingURL=pin-lakefs.js.map
;// CONCATENATED MODULE: ./packages/sources/build/objects/foreign-buckets.js
/** What each service calls the version of an object. */
const versionWords = { s3: 'versionId', gs: 'generation', az: 'versionid' };
/** The bucket of a reference; or why it is not asked. */
function bucketOf(buckets, reference) {
    const { scheme, bucket, key } = reference;
    const open = buckets[scheme];
    if (open === undefined) {
        const remedy = `Write the ${versionWords[scheme]} of the object into the reference.`;
        return { because: `no ${scheme}:// service is asked here`, remedy };
    }
    if (scheme === 'az' && !/^[^@]+@[^@]+$/.test(bucket)) {
        return { because: 'it does not say in which account', remedy: 'Write az://container@account/blob.' };
    }
    // In an address these climb, and another object would be looked at.
    if (key.split('/').some((part) => part === '.' || part === '..')) {
        return { because: 'the key has a part "." or ".."', remedy: 'Correct the key.' };
    }
    return open(bucket);
}
/** Whether a reference is to an object. */
function isObjectReference(reference) {
    return reference.scheme === 's3' || reference.scheme === 'gs' || reference.scheme === 'az';
}
//# sourceMappingURL=foreign-buckets.js.map
;// CONCATENATED MODULE: ./packages/sources/build/objects/pin-object.js



/**
 * An object by its version where the bucket keeps versions, else by a checksum over all its bytes that the service has
 * (SHA-256, or MD5). Cloud Storage gives every object a generation, which is its version here. An object that is neither
 * versioned nor summed up that way cannot be pinned: its ETag changes with the way it was uploaded, or is none of its
 * bytes.
 */
async function pinObject(buckets, reference) {
    const bucket = bucketOf(buckets, reference);
    if ('because' in bucket)
        return { pinned: null, ...bucket };
    try {
        const found = await bucket.describe(reference.key, reference.version);
        if (found === null)
            return unpinned('there is no such object', 'Correct the bucket and the key.');
        if (found.version !== null)
            return { pinned: (0,reference_reference/* formatReference */.F)({ ...reference, version: found.version }) };
        if (found.sha256 !== null)
            return { pinned: `sha256:${found.sha256}` };
        if (found.md5 !== null)
            return { pinned: `md5:${found.md5}` };
        return unpinned('its bucket keeps no versions and no checksum of the whole object', `Turn on versioning of the bucket and write the ${versionWords[reference.scheme]}, or upload it with a SHA-256 checksum.`);
    }
    catch (error) {
        return { pinned: null, ...refusalOf(error) };
    }
}
/** An error of a service as an answer; mistakes of our own are thrown again. */
function refusalOf(error) {
    if (!(error instanceof errors_error/* WeighbridgeError */.kj) || error.exitCode === 70)
        throw error;
    return { because: error.message.replace(/\.$/, ''), remedy: error.remedy };
}
function unpinned(because, remedy) {
    return { pinned: null, because, remedy };
}
//# sourceMappingURL=pin-object.js.map
;// CONCATENATED MODULE: ./packages/sources/build/open-data-references.js





/** The services that keep data, as the environment names them. Nothing is asked before the first reference. */
function openDataReferences(options) {
    const known = new Map();
    const means = meansOf(options);
    const ask = (reference) => {
        if ((0,immutable_reference/* isImmutableReference */.E)(reference))
            return Promise.resolve({ pinned: (0,reference_reference/* formatReference */.F)(reference) });
        switch (reference.scheme) {
            case 'hf': {
                const service = hubService(options.environment, means);
                return service === null ? Promise.resolve({ pinned: null, ...noHub }) : pinHub(service, reference);
            }
            case 'lakefs': {
                const service = lakefsService(options.environment, means);
                return service === null ? Promise.resolve({ pinned: null, ...noLakefs }) : pinLakefs(service, reference);
            }
            case 's3':
            case 'gs':
            case 'az':
                return pinObject(options.objects ?? {}, reference);
            case 'path':
            case 'dvc':
            case 'registry':
            case 'vendor':
            case 'mlflow':
            case 'wandb':
            case 'sha256':
                return Promise.resolve({
                    pinned: null,
                    because: 'what it names may change without a trace',
                    remedy: 'Name an immutable revision, object version or digest.',
                });
        }
    };
    return {
        pin: (reference) => {
            const text = (0,reference_reference/* formatReference */.F)(reference);
            const asked = known.get(text) ?? ask(reference);
            known.set(text, asked);
            return asked;
        },
    };
}
//# sourceMappingURL=open-data-references.js.map
// EXTERNAL MODULE: ./packages/manifest/build/reference/file-address.js
var file_address = __webpack_require__(81103);
;// CONCATENATED MODULE: ./packages/sources/build/http/turns.js
/** Turns in the order in which they were asked for. */
function openTurns(atOnce) {
    const waiting = [];
    let running = 0;
    return async (work) => {
        if (running < atOnce)
            running += 1;
        else
            await new Promise((resolve) => {
                waiting.push(resolve);
            });
        try {
            return await work();
        }
        finally {
            // Whoever waits takes over the place.
            const next = waiting.shift();
            if (next === undefined)
                running -= 1;
            else
                next();
        }
    };
}
//# sourceMappingURL=turns.js.map
// EXTERNAL MODULE: ./packages/core/build/digest.js
var build_digest = __webpack_require__(70120);
// EXTERNAL MODULE: ./packages/manifest/build/reference/artifact-reference.js
var artifact_reference = __webpack_require__(46102);
;// CONCATENATED MODULE: ./packages/sources/build/http/open-ranges.js


/** A service that knows no ranges sends the whole: so much of it is read for one. */
const maxWholeBytes = 64 * 1024 * 1024;
/**
 * A file by ranges (RFC 9110, 14), which fetch asks for as they are kept: with a Range header it takes no compression
 * (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch). @throws in a read: source/gone, source/unread, source/changed
 */
function openRanges(file) {
    const { service, question, address, sizeBytes, explain } = file;
    return {
        name: address,
        sizeBytes,
        async read(offset, lengthBytes) {
            if (lengthBytes === 0)
                return new Uint8Array(0);
            const headers = {
                range: `bytes=${offset}-${offset + lengthBytes - 1}`,
                accept: '*/*',
            };
            const range = { offset, lengthBytes, sizeBytes };
            const answer = await askAnything(service, { ...question, headers }, (response, moved) => readRange(response, { ...range, moved }));
            if (answer.kind === 'bytes')
                return answer.bytes;
            if (answer.status === 404)
                throw (0,errors_error/* weighbridgeError */.q)('source/gone', { address });
            if (answer.status === 416)
                throw (0,errors_error/* weighbridgeError */.q)('source/changed', { address, what: 'it is shorter now' });
            throw (0,errors_error/* weighbridgeError */.q)('source/unread', { reference: address, ...explain(answer) });
        },
        close: async () => { },
    };
}
async function readRange(response, { offset, lengthBytes, sizeBytes, moved }) {
    const { status } = response;
    if (status !== 206 && status !== 200) {
        await response.body?.cancel();
        return { kind: 'refused', status, because: `it answered ${status}` };
    }
    const isWhole = status === 200;
    const bytes = await readBody(response, isWhole ? maxWholeBytes : lengthBytes, moved);
    const isExpected = bytes?.length === (isWhole ? sizeBytes : lengthBytes);
    if (isExpected)
        return { kind: 'bytes', bytes: isWhole ? bytes.subarray(offset, offset + lengthBytes) : bytes };
    return { kind: 'refused', status: null, because: 'its answer is not the range that was asked for, or broke off' };
}
//# sourceMappingURL=open-ranges.js.map
;// CONCATENATED MODULE: ./packages/sources/build/remote-listing.js
/** No model has as many; each is looked at for itself. */
const maxRemoteFiles = 2000;
/** The answer where a reference leads to more. */
const tooMany = {
    kind: 'unread',
    because: `it leads to more than ${maxRemoteFiles} files`,
    remedy: 'Name the files of the model by a longer path or a pattern.',
};
/** Nothing of that name. */
function absent(because, remedy) {
    return { kind: 'absent', because, remedy };
}
/** Not read, for now or for this account. */
function unread(because, remedy) {
    return { kind: 'unread', because, remedy };
}
//# sourceMappingURL=remote-listing.js.map
;// CONCATENATED MODULE: ./packages/sources/build/hub/hub-files.js







/**
 * Files of a repository of the Hub at the commit that its revision stands for: one by its path, a folder with a slash at
 * its end, those that a pattern matches, or all (`GET /api/<type>/<repository>/revision/<revision>?blobs=true`, as
 * huggingface_hub asks it for `files_metadata`). What is in Git LFS or Xet comes with its SHA-256.
 */
async function listHub(service, reference) {
    const answer = await askJson(service, { path: `${revisionPath(reference)}?blobs=true` });
    if (answer.kind === 'refused') {
        const kind = answer.status === 404 ? 'absent' : 'unread';
        return { kind, ...explainHub(service, reference, answer) };
    }
    const commit = commitOf(answer.json);
    const siblings = siblingsOf(answer.json);
    if (commit === null || siblings === null)
        return unread('the Hugging Face Hub named no commit and its files', 'Run it again.');
    const selection = (0,artifact_reference/* selectRemote */.LI)(reference.path ?? '');
    const files = siblings.flatMap(({ path, ...facts }) => {
        const isMeant = selection.kind === 'file' && path === selection.path;
        const name = selection.kind === 'files' ? selection.nameOf(path) : isMeant ? (0,artifact_reference/* lastPart */.S_)(path) : null;
        // What git itself needs in every repository is no artifact.
        if (name === null || (selection.kind === 'files' && (0,artifact_reference/* lastPart */.S_)(path) === '.gitattributes'))
            return [];
        return [{ name, address: { ...reference, revision: commit, path }, ...facts }];
    });
    if (files.length > maxRemoteFiles)
        return tooMany;
    if (files.length > 0)
        return { kind: 'files', files };
    const what = `${reference.repository} has no ${reference.path ?? 'files'} at ${reference.revision ?? 'main'}`;
    return absent(what, 'Correct the path; a folder ends in a slash.');
}
function siblingsOf(json) {
    const listed = (0,strict_json/* isJsonObject */.OW)(json) ? json['siblings'] : undefined;
    if (!Array.isArray(listed))
        return null;
    const siblings = listed.map(siblingOf);
    return siblings.includes(null) ? null : siblings.filter((each) => each !== null);
}
function siblingOf(json) {
    if (!(0,strict_json/* isJsonObject */.OW)(json))
        return null;
    const { rfilename: path, size, lfs } = json;
    if (typeof path !== 'string' || path === '' || !isSize(size))
        return null;
    const digest = (0,strict_json/* isJsonObject */.OW)(lfs) && typeof lfs['sha256'] === 'string' ? `sha256:${lfs['sha256']}` : '';
    return { path, sizeBytes: size, sha256: (0,build_digest/* isDigest */.Bc)(digest) ? (0,build_digest/* parseDigest */.m)(digest) : null };
}
function isSize(value) {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
const folders = { model: '', dataset: '/datasets', space: '/spaces' };
/** One file at one commit, by ranges (`/<repository>/resolve/<commit>/<path>`); the bytes come from where the Hub points. */
function openHubFile(service, address, sizeBytes) {
    const { type, repository, revision, path } = address;
    const escape = (text) => text.split('/').map(encodeURIComponent).join('/');
    return openRanges({
        service,
        question: {
            path: `${folders[type]}/${escape(repository)}/resolve/${encodeURIComponent(revision ?? 'main')}/${escape(path ?? '')}`,
        },
        address: (0,reference_reference/* formatReference */.F)(address),
        sizeBytes,
        explain: (refused) => explainHub(service, address, refused),
    });
}
//# sourceMappingURL=hub-files.js.map
;// CONCATENATED MODULE: ./packages/sources/build/lakefs/lakefs-files.js






const pageLength = 1000;
/**
 * Objects of lakeFS at the commit that a ref stands for: one by its path, a folder with a slash at its end, or those that
 * a pattern matches (`GET /repositories/{repository}/refs/{ref}/objects/ls`). The checksum of lakeFS is what its block
 * storage has, an MD5 or an ETag: the SHA-256 is known from the bytes alone.
 */
async function listLakefs(service, reference) {
    const found = await findCommit(service, reference);
    if ('because' in found) {
        const { status, because, remedy } = found;
        return { kind: status === 404 ? 'absent' : 'unread', because, remedy };
    }
    const at = { ...reference, ref: found.commit };
    const selection = (0,artifact_reference/* selectRemote */.LI)(reference.path);
    const files = [];
    let after = '';
    do {
        const page = await readPage(service, at, {
            prefix: selection.kind === 'file' ? selection.path : selection.folder,
            after,
        });
        if ('kind' in page)
            return page;
        for (const { path, sizeBytes } of page.objects) {
            const isMeant = selection.kind === 'file' && path === selection.path;
            const name = selection.kind === 'files' ? selection.nameOf(path) : isMeant ? (0,artifact_reference/* lastPart */.S_)(path) : null;
            if (name !== null)
                files.push({ name, address: { ...at, path }, sizeBytes, sha256: null });
        }
        if (files.length > maxRemoteFiles)
            return tooMany;
        // A path comes before every other one that begins with it.
        after = selection.kind === 'file' ? '' : page.next;
    } while (after !== '');
    if (files.length > 0)
        return { kind: 'files', files };
    const because = `${reference.repository} has no ${reference.path} at the commit of ${reference.ref}`;
    return absent(because, 'Correct the path, or commit what was uploaded; a folder ends in a slash.');
}
async function readPage(service, reference, { prefix, after }) {
    const query = new URLSearchParams({ prefix, after, amount: String(pageLength) });
    const path = `${refsPath(reference)}/${reference.ref}/objects/ls?${query.toString()}`;
    const answer = await askJson(service, { path });
    if (answer.kind === 'refused')
        return { kind: 'unread', ...explainLakefs(service, reference, answer) };
    const page = pageOf(answer.json);
    if (page !== null && (page.next === '' || page.next > after))
        return page;
    return unread('lakeFS answered no listing', 'Run it again.');
}
function pageOf(json) {
    const { results, pagination } = (0,strict_json/* isJsonObject */.OW)(json) ? json : {};
    if (!Array.isArray(results) || !(0,strict_json/* isJsonObject */.OW)(pagination))
        return null;
    const objects = results.map((each) => {
        const { path, size_bytes: size } = (0,strict_json/* isJsonObject */.OW)(each) ? each : {};
        return typeof path === 'string' && typeof size === 'number' ? { path, sizeBytes: size } : null;
    });
    const { has_more: more, next_offset: next } = pagination;
    if (objects.includes(null) || (more === true && typeof next !== 'string'))
        return null;
    return {
        objects: objects.filter((each) => each !== null),
        next: more === true && typeof next === 'string' ? next : '',
    };
}
/** One object at one commit, by ranges (`GET /repositories/{repository}/refs/{ref}/objects`). */
function openLakefsObject(service, address, sizeBytes) {
    const query = new URLSearchParams({ path: address.path });
    return openRanges({
        service,
        question: { path: `${refsPath(address)}/${encodeURIComponent(address.ref)}/objects?${query.toString()}` },
        address: (0,reference_reference/* formatReference */.F)(address),
        sizeBytes,
        explain: (refused) => explainLakefs(service, address, refused),
    });
}
//# sourceMappingURL=lakefs-files.js.map
;// CONCATENATED MODULE: ./packages/sources/build/objects/folder-objects.js




const notHere = {
    because: 'folders of this machine are not read here',
    remedy: 'Run it in a job of the repository itself that has the folder.',
};
/** The size of an object in a folder; nothing says its SHA-256. */
async function listFolderObject(open, address) {
    if (open === undefined)
        return { kind: 'unread', ...notHere };
    try {
        const source = await open(address.path);
        if (source === null)
            return absent('there is no such file', 'Run "dvc push", or mount the folder.');
        await source.close();
        const { sizeBytes } = source;
        return { kind: 'files', files: [{ name: (0,artifact_reference/* lastPart */.S_)(address.path), address, sizeBytes, sha256: null }] };
    }
    catch (error) {
        return { kind: 'unread', ...refusalOf(error) };
    }
}
/** @throws source/gone, source/unread, store/io */
async function openFolderObject(open, address) {
    if (open === undefined)
        throw (0,errors_error/* weighbridgeError */.q)('source/unread', { reference: (0,file_address/* formatAddress */.M)(address), ...notHere });
    const source = await open(address.path);
    if (source === null)
        throw (0,errors_error/* weighbridgeError */.q)('source/gone', { address: (0,file_address/* formatAddress */.M)(address) });
    return source;
}
//# sourceMappingURL=folder-objects.js.map
;// CONCATENATED MODULE: ./packages/sources/build/objects/list-objects.js





const looksAtOnce = 8;
/**
 * The objects behind a reference: one by its key, all below a prefix that ends in a slash, or those that a pattern
 * matches; each by its version, with its SHA-256 where the service has one over all its bytes.
 */
async function listObjects(buckets, reference) {
    const bucket = bucketOf(buckets, reference);
    if ('because' in bucket)
        return { kind: 'unread', ...bucket };
    try {
        const keys = await keysOf(bucket, reference);
        if (keys === null)
            return tooMany;
        const files = [];
        for (let start = 0; start < keys.length; start += looksAtOnce) {
            const some = keys.slice(start, start + looksAtOnce);
            files.push(...(await Promise.all(some.map((each) => lookAt(bucket, reference, each)))));
        }
        const there = files.filter((file) => file !== null);
        return there.length === 0 ? missing(reference) : { kind: 'files', files: there };
    }
    catch (error) {
        return { kind: 'unread', ...refusalOf(error) };
    }
}
/** Null for more than there may be. */
async function keysOf(bucket, { key }) {
    const selection = (0,artifact_reference/* selectRemote */.LI)(key);
    if (selection.kind === 'file')
        return [{ key, name: (0,artifact_reference/* lastPart */.S_)(key) }];
    const keys = [];
    for await (const listed of bucket.list(selection.folder)) {
        const name = selection.nameOf(listed.key);
        if (name !== null)
            keys.push({ key: listed.key, name });
        if (keys.length > maxRemoteFiles)
            return null;
    }
    return keys;
}
async function lookAt(bucket, reference, { key, name }) {
    const found = await bucket.describe(key, reference.version);
    if (found === null || found.sizeBytes === null)
        return null;
    const address = { ...reference, key, version: reference.version ?? found.version };
    const sha256 = found.sha256 === null ? null : (0,build_digest/* parseDigest */.m)(`sha256:${found.sha256}`);
    return { name, address, sizeBytes: found.sizeBytes, sha256 };
}
function missing({ key }) {
    if ((0,artifact_reference/* selectRemote */.LI)(key).kind === 'files')
        return absent('nothing there matches', 'Correct the bucket and the prefix.');
    const remedy = 'Correct the bucket and the key; a prefix for all that is below it ends in a slash.';
    return absent('there is no such object', remedy);
}
//# sourceMappingURL=list-objects.js.map
;// CONCATENATED MODULE: ./packages/sources/build/objects/open-object.js



/** An object by ranges, all of one revision. @throws source/unread, and in a read source/gone, source/changed, store/* */
function openObject(buckets, reference, sizeBytes) {
    const address = (0,reference_reference/* formatReference */.F)(reference);
    const bucket = bucketOf(buckets, reference);
    if ('because' in bucket)
        throw (0,errors_error/* weighbridgeError */.q)('source/unread', { reference: address, ...bucket });
    let revision = null;
    return {
        name: address,
        sizeBytes,
        async read(offset, lengthBytes) {
            if (lengthBytes === 0)
                return new Uint8Array(0);
            const found = await readInside(bucket, reference, { offset, lengthBytes });
            if (found === null)
                throw (0,errors_error/* weighbridgeError */.q)('source/gone', { address });
            // A range of what the service made of the object, such as its content decompressed, is none of the object.
            if (found !== 'outside' && found.wholeBytes !== undefined && found.wholeBytes !== sizeBytes) {
                const what = `the service sent ${found.wholeBytes} bytes as the whole, which has ${sizeBytes}`;
                throw (0,errors_error/* weighbridgeError */.q)('source/changed', { address, what });
            }
            revision ??= found === 'outside' ? null : found.revision;
            if (found !== 'outside' && revision === found.revision)
                return found.bytes;
            throw (0,errors_error/* weighbridgeError */.q)('source/changed', { address, what: 'it was written over while it was read' });
        },
        close: async () => { },
    };
}
/** A range that was inside when the object was looked at can be outside of what was written since. */
async function readInside(bucket, { key, version }, range) {
    try {
        return await bucket.read(key, version, range);
    }
    catch (error) {
        if (error instanceof errors_error/* WeighbridgeError */.kj && error.code === 'core/invariant')
            return 'outside';
        throw error;
    }
}
//# sourceMappingURL=open-object.js.map
;// CONCATENATED MODULE: ./packages/sources/build/objects/presign-object.js



/** An address that lets its holder read an object for so long; null where nobody can make one. @throws source/unread, store/* */
async function presignObject(buckets, reference, options) {
    const bucket = bucketOf(buckets, reference);
    if ('because' in bucket)
        throw (0,errors_error/* weighbridgeError */.q)('source/unread', { reference: (0,reference_reference/* formatReference */.F)(reference), ...bucket });
    return bucket.presign(reference.key, reference.version, options);
}
//# sourceMappingURL=presign-object.js.map
// EXTERNAL MODULE: ./packages/sources/build/objects/endpoint-of.js
var endpoint_of = __webpack_require__(69813);
;// CONCATENATED MODULE: ./packages/sources/build/open-remote-files.js











/** Pieces of 8 MiB: as many as a line of 20 Mbit/s brings in half a minute, and few enough for a small machine. */
const maxReadsAtOnce = 8;
/**
 * The services that keep files, as the environment names them. Nothing is asked before the first reference, and of all
 * files together eight ranges are read at once.
 */
function openRemoteFiles(options) {
    const { environment, objects = {} } = options;
    const means = meansOf(options);
    const known = new Map();
    const inTurn = openTurns(maxReadsAtOnce);
    const ask = async (reference) => {
        switch (reference.scheme) {
            case 'hf': {
                const service = hubService(environment, means);
                return service === null ? { kind: 'unread', ...noHub } : listHub(service, reference);
            }
            case 'lakefs': {
                const service = lakefsService(environment, means);
                return service === null ? { kind: 'unread', ...noLakefs } : listLakefs(service, reference);
            }
            case 's3':
            case 'gs':
            case 'az':
                return listObjects(objects, reference);
            case 'file':
                return listFolderObject(options.folders, reference);
        }
    };
    return {
        endpointOf: (scheme) => (0,endpoint_of/* endpointOf */.X)(environment, scheme),
        list: (reference) => {
            const text = (0,file_address/* formatAddress */.M)(reference);
            const asked = known.get(text) ?? ask(reference);
            known.set(text, asked);
            return asked;
        },
        async open({ address, sizeBytes }) {
            const file = await openAddress(options, means, { address, sizeBytes });
            return { ...file, read: (offset, lengthBytes) => inTurn(() => file.read(offset, lengthBytes)) };
        },
        presign: async (address, how) => address.scheme === 's3' || address.scheme === 'gs' || address.scheme === 'az'
            ? presignObject(objects, address, how)
            : null,
    };
}
/** @throws source/unread where nobody is asked */
async function openAddress({ environment, folders, objects = {} }, means, { address, sizeBytes }) {
    const refuse = (why) => (0,errors_error/* weighbridgeError */.q)('source/unread', { reference: (0,file_address/* formatAddress */.M)(address), ...why });
    switch (address.scheme) {
        case 'hf': {
            const service = hubService(environment, means);
            if (service === null)
                throw refuse(noHub);
            return openHubFile(service, address, sizeBytes);
        }
        case 'lakefs': {
            const service = lakefsService(environment, means);
            if (service === null)
                throw refuse(noLakefs);
            return openLakefsObject(service, address, sizeBytes);
        }
        case 's3':
        case 'gs':
        case 'az':
            return openObject(objects, address, sizeBytes);
        case 'file':
            return openFolderObject(folders, address);
    }
}
//# sourceMappingURL=open-remote-files.js.map
// EXTERNAL MODULE: ./packages/formats/build/runs/members.js
var runs_members = __webpack_require__(39863);
// EXTERNAL MODULE: ./packages/formats/build/runs/run-facts.js
var run_facts = __webpack_require__(94187);
;// CONCATENATED MODULE: ./packages/formats/build/runs/mlflow-run.js



/**
 * A run as `GET /api/2.0/mlflow/runs/get` answers it (MLflow REST API). Metrics are the last value of each, which is
 * what MLflow keeps of a run. Null for what is no such answer.
 * A model that the run logged (MLflow 3) has parameters and metrics of its own: those that the run does not have under the
 * same name are taken too, of the first model that has them.
 */
function parseMlflowRun(answer, { source, requirements, models }) {
    const run = (0,runs_members/* membersOf */.lS)((0,runs_members/* membersOf */.lS)(answer)['run']);
    const told = (0,runs_members/* membersOf */.lS)(run['info']);
    if ((0,runs_members/* textOf */.b6)(told['run_id']) === null)
        return null;
    const found = (0,runs_members/* membersOf */.lS)(run['data']);
    const tags = (0,runs_members/* membersOfPairs */._p)(found['tags']);
    return (0,run_facts/* runFacts */.pI)(source, {
        ...(requirements === null ? {} : ((0,run_facts/* frameworkOfPackages */.lN)(requirements) ?? {})),
        duration: durationBetween(told['start_time'], told['end_time']),
        startedAt: (0,runs_members/* timeOfMs */.dq)(told['start_time']),
        finishedAt: (0,runs_members/* timeOfMs */.dq)(told['end_time']),
        status: (0,runs_members/* textOf */.b6)(told['status']),
        commit: (0,runs_members/* commitOf */.D3)(tags['mlflow.source.git.commit']),
        command: (0,runs_members/* textOf */.b6)(tags['mlflow.source.name']),
        params: joined(found['params'], models, 'params'),
        metrics: joined(found['metrics'], models, 'metrics'),
        tags: (0,runs_members/* keptMembers */._W)(Object.entries(tags).filter(([key]) => !isOwnTag(key))),
        datasets: datasetsOf((0,runs_members/* membersOf */.lS)(run['inputs'])['dataset_inputs']),
        models: loggedModelsOf(answer),
    });
}
/** The pairs of the run, and of its models those whose names are not there yet. */
function joined(own, models, name) {
    const lists = models.map((model) => (0,runs_members/* membersOf */.lS)((0,runs_members/* membersOf */.lS)((0,runs_members/* membersOf */.lS)(model)['model'])['data'])[name]);
    const members = new Map();
    for (const list of [own, ...lists]) {
        for (const [key, value] of Object.entries((0,runs_members/* membersOfPairs */._p)(list))) {
            if (!members.has(key))
                members.set(key, value);
        }
    }
    return (0,runs_members/* keptMembers */._W)(members);
}
/** Ids of the LoggedModels that a run wrote, in the order of the answer. */
function loggedModelsOf(answer) {
    const outputs = (0,runs_members/* membersOf */.lS)((0,runs_members/* membersOf */.lS)((0,runs_members/* membersOf */.lS)(answer)['run'])['outputs'])['model_outputs'];
    return (Array.isArray(outputs) ? outputs : []).flatMap((each) => {
        const id = (0,strict_json/* isJsonObject */.OW)(each) ? (0,runs_members/* textOf */.b6)(each['model_id']) : null;
        return id !== null && /^m-[0-9a-f]{1,64}$/.test(id) ? [id] : [];
    });
}
/** The path of a LoggedModel's artifacts on the server's own artifact service; null where they lie elsewhere. */
function loggedModelPath(answer) {
    const told = (0,runs_members/* membersOf */.lS)((0,runs_members/* membersOf */.lS)((0,runs_members/* membersOf */.lS)(answer)['model'])['info']);
    const uri = (0,runs_members/* textOf */.b6)(told['artifact_uri']);
    const path = uri === null ? undefined : /^mlflow-artifacts:\/(?:\/[^/]*\/)?([\w./-]+)$/.exec(uri)?.[1];
    return path === undefined || path.split('/').includes('..') ? null : path.replaceAll(/^\/+|\/+$/g, '');
}
/** MLflow's own bookkeeping, and who ran it on which machine: no part of what others need to know. */
function isOwnTag(key) {
    return key.startsWith('mlflow.');
}
function durationBetween(start, end) {
    const [from, to] = [(0,runs_members/* timeOfMs */.dq)(start), (0,runs_members/* timeOfMs */.dq)(end)];
    return from === null || to === null ? null : (0,run_facts/* durationOfSeconds */.bb)((Date.parse(to) - Date.parse(from)) / 1000);
}
function datasetsOf(inputs) {
    return (Array.isArray(inputs) ? inputs : []).flatMap((each) => {
        const input = (0,runs_members/* membersOf */.lS)(each);
        const dataset = (0,runs_members/* membersOf */.lS)(input['dataset']);
        const name = (0,runs_members/* textOf */.b6)(dataset['name']);
        if (name === null)
            return [];
        const role = (0,runs_members/* textOf */.b6)((0,runs_members/* membersOfPairs */._p)(input['tags'])['mlflow.data.context']);
        return [{ name, role, digest: (0,runs_members/* textOf */.b6)(dataset['digest']), source: sourceOf(dataset['source']) }];
    });
}
/** MLflow writes a source as JSON in text: `{"uri": …}`, `{"path": …}`. What carries credentials is left out. */
function sourceOf(value) {
    const text = (0,runs_members/* textOf */.b6)(value);
    if (text === null)
        return null;
    const address = /"(?:uri|url|path)"\s*:\s*"([^"\\]{1,2000})"/.exec(text)?.[1] ?? text;
    return /[?&](?:X-Amz-|X-Goog-|sig=|token=|Signature=)|\/\/[^/@\s]*:[^/@\s]*@/i.test(address) ? null : address;
}
//# sourceMappingURL=mlflow-run.js.map
;// CONCATENATED MODULE: ./packages/sources/build/mlflow/read-mlflow-run.js


/** Models of one run that are looked at. */
const maxModels = 3;
/**
 * A run of an MLflow tracking server, with the parameters and metrics of the models that it logged, and the requirements
 * of one where the server itself serves its artifacts: they tell the framework, which a run does not.
 */
async function readMlflowRun(service, run) {
    const answer = await askJson(service, { path: `/api/2.0/mlflow/runs/get?run_id=${encodeURIComponent(run)}` });
    if (answer.kind === 'refused')
        return refused(service, run, answer);
    const models = await readModels(service, loggedModelsOf(answer.json).slice(0, maxModels));
    const requirements = await readRequirements(service, models);
    const facts = parseMlflowRun(answer.json, { source: `mlflow:${run}`, requirements, models });
    if (facts !== null)
        return { kind: 'run', run: facts };
    return unknown('MLflow answered something that is no run', 'Look whether MLFLOW_TRACKING_URI is the tracking server.');
}
/** What the server tells of models; those that it does not tell are left out. */
async function readModels(service, ids) {
    const models = [];
    for (const id of ids) {
        const answer = await askJson(service, { path: `/api/2.0/mlflow/logged-models/${id}` });
        if (answer.kind === 'answer')
            models.push(answer.json);
    }
    return models;
}
async function readRequirements(service, models) {
    for (const model of models) {
        const path = loggedModelPath(model);
        if (path === null)
            continue;
        const file = `/api/2.0/mlflow-artifacts/artifacts/${path.split('/').map(encodeURIComponent).join('/')}/requirements.txt`;
        const text = await askText(service, { path: file });
        if (text.kind === 'text')
            return text.text;
    }
    return null;
}
function refused({ authorization }, run, { status, because }) {
    if (status === 404)
        return unknown(`MLflow has no run ${run}`, 'Correct training.run, or MLFLOW_TRACKING_URI.');
    if (status === 401 || status === 403) {
        const whom = authorization === null ? 'to nobody in particular' : 'to this account';
        return unknown(`MLflow does not show the run ${run} ${whom}`, 'Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.');
    }
    return unknown(`of MLflow: ${because}`, 'Run it again when the tracking server answers.');
}
function unknown(because, remedy) {
    return { kind: 'unknown', because, remedy };
}
//# sourceMappingURL=read-mlflow-run.js.map
// EXTERNAL MODULE: ./packages/formats/build/runs/wandb-run.js
var wandb_run = __webpack_require__(83260);
;// CONCATENATED MODULE: ./packages/sources/build/wandb/read-wandb-run.js


/**
 * What is asked of a run: fields that W&B's own client asks, and where the file is that its client reads for what it
 * knows of the machine. test/peers holds them against that client.
 */
const wandbRunQuery = `query Run($entity: String!, $project: String!, $run: String!) {
  project(name: $project, entityName: $entity) {
    run(name: $run) {
      name displayName state config summaryMetrics createdAt heartbeatAt commit tags
      files(names: ["wandb-metadata.json"], first: 1) { edges { node { directUrl } } }
    }
  }
}`;
/** A run by the public GraphQL API of Weights & Biases. */
async function readWandbRun(service, place) {
    const shown = `${place.entity}/${place.project}/${place.run}`;
    const answer = await askJson(service, { path: '/graphql', body: { query: wandbRunQuery, variables: { ...place } } });
    const howTo = 'Set WANDB_API_KEY to a key that may read it, and WANDB_BASE_URL where W&B runs on a server of yours.';
    if (answer.kind === 'refused') {
        const denied = answer.status === 401 || answer.status === 403;
        if (denied)
            return { kind: 'unknown', because: `Weights & Biases does not show ${shown}`, remedy: howTo };
        return { kind: 'unknown', because: `of Weights & Biases: ${answer.because}`, remedy: 'Run it again.' };
    }
    const metadata = await readMetadata(service, answer.json);
    const run = (0,wandb_run/* parseWandbAnswer */.cg)(answer.json, { source: `wandb:${shown}`, metadata });
    if (run !== null)
        return { kind: 'run', run };
    const failed = (0,strict_json/* isJsonObject */.OW)(answer.json) && answer.json['errors'] !== undefined;
    const because = failed
        ? 'Weights & Biases did not understand the question'
        : `Weights & Biases shows no run ${shown} to this key`;
    return { kind: 'unknown', because, remedy: `Correct training.run. ${howTo}` };
}
/** `wandb-metadata.json` of the run; empty where there is none. Its address carries its own signature: no key goes there. */
async function readMetadata(service, answer) {
    const address = (0,wandb_run/* wandbFileAddress */.pP)(answer);
    if (address === null || !URL.canParse(address))
        return {};
    const url = new URL(address);
    if (!/^https?:$/.test(url.protocol))
        return {};
    const place = { ...service, baseUrl: url.origin, authorization: null };
    const read = await askJson(place, { path: `${url.pathname}${url.search}` });
    return read.kind === 'answer' && (0,strict_json/* isJsonObject */.OW)(read.json) ? read.json : {};
}
//# sourceMappingURL=read-wandb-run.js.map
;// CONCATENATED MODULE: ./packages/sources/build/open-tracked-runs.js





const wandbAddress = 'https://api.wandb.ai';
/** The tracking services that the environment names. Nothing is asked before the first run. */
function openTrackedRuns(options) {
    const { environment } = options;
    const means = { fetch: options.fetch ?? platformFetch(options.proxy ?? {}), sleep: options.sleep ?? open_tracked_runs_sleep };
    const known = new Map();
    const ask = (reference) => {
        if (reference.scheme === 'wandb') {
            const service = wandbService(environment, means);
            if (service === null)
                return Promise.resolve(nowhere('WANDB_BASE_URL is no address of a server'));
            const { entity, project, artifact: run } = reference;
            return readWandbRun(service, { entity, project, run });
        }
        const service = mlflowService(environment, means);
        if (service !== null)
            return readMlflowRun(service, reference.run);
        return Promise.resolve(nowhere('MLFLOW_TRACKING_URI names no tracking server'));
    };
    return {
        read: (reference) => {
            const text = (0,reference_reference/* formatReference */.F)(reference);
            const asked = known.get(text) ?? ask(reference);
            known.set(text, asked);
            return asked;
        },
    };
}
function nowhere(because) {
    return { kind: 'unknown', because, remedy: 'Set it to the address, such as https://mlflow.acme.example.' };
}
function mlflowService(environment, means) {
    const baseUrl = serviceAddress(environment['MLFLOW_TRACKING_URI']);
    if (baseUrl === null)
        return null;
    const token = setting(environment, 'MLFLOW_TRACKING_TOKEN');
    const user = setting(environment, 'MLFLOW_TRACKING_USERNAME');
    const basic = user === null ? null : basicAuthorization(user, setting(environment, 'MLFLOW_TRACKING_PASSWORD') ?? '');
    return { ...means, baseUrl, authorization: token === null ? basic : `Bearer ${token}` };
}
/** Null for an address that cannot be read: the key is for that server, and must not go to the public one instead. */
function wandbService(environment, means) {
    const baseUrl = serviceAddress(setting(environment, 'WANDB_BASE_URL') ?? wandbAddress);
    if (baseUrl === null)
        return null;
    const key = setting(environment, 'WANDB_API_KEY');
    return { ...means, baseUrl, authorization: key === null ? null : basicAuthorization('api', key) };
}
function open_tracked_runs_sleep(milliseconds) {
    return new Promise((resolve) => {
        setTimeout(resolve, milliseconds);
    });
}
//# sourceMappingURL=open-tracked-runs.js.map
// EXTERNAL MODULE: ./packages/stores/build/file-source.js
var file_source = __webpack_require__(56391);
// EXTERNAL MODULE: ./packages/stores/build/s3/read-objects.js + 1 modules
var read_objects = __webpack_require__(5732);
// EXTERNAL MODULE: ./packages/stores/build/s3/s3-client.js + 5 modules
var s3_client = __webpack_require__(26137);
;// CONCATENATED MODULE: ./packages/stores/build/s3/open-foreign-s3.js


/** A bucket that somebody else keeps, in whichever region. @throws store/misconfigured for an endpoint that is no address */
function openForeignS3(options) {
    const client = (0,s3_client/* openS3Client */.Y)({ ...options, isForeign: true });
    return {
        describe: (key, version) => describeS3Object(client, key, version),
        list: (prefix) => (0,read_objects/* listForeign */.Ty)(client, prefix),
        read: (key, version, range) => (0,read_objects/* readObject */.Ag)(client, key, range, { version }),
        async presign(key, version, { expiresInSeconds }) {
            const session = await client.session();
            const url = client.address.objectUrl(session.region, key);
            for (const [name, value] of Object.entries((0,read_objects/* ofVersion */.MP)(version).query ?? {}))
                url.searchParams.set(name, value);
            return session.presign(url, expiresInSeconds);
        },
    };
}
/**
 * What S3 says of one object that somebody else keeps: its version, and the checksums over all of its bytes. One HEAD;
 * a GET of the first byte follows where S3 cannot say why not, since the answer to a HEAD has no document. Null when
 * there is no such object. @throws as askS3
 */
async function describeS3Object(client, key, version) {
    const asked = {
        action: 'look at',
        permission: 's3:GetObject',
        maxAnswerBytes: read_objects/* maxDocumentBytes */.VR,
        ...(0,read_objects/* ofVersion */.MP)(version),
    };
    const headers = { 'x-amz-checksum-mode': 'ENABLED' };
    const head = await client.askObject(key, { ...asked, method: 'HEAD', headers, outcomes: [200, 301, 400, 403, 404] });
    if (head.status === 200)
        return factsOf(head.headers);
    // A missing bucket answers a HEAD like a missing object; a refusal of this one says which it is.
    const range = { ...headers, range: 'bytes=0-0' };
    const got = await client.askObject(key, { ...asked, method: 'GET', headers: range, outcomes: [206, 404, 416] });
    return got.status === 404 ? null : factsOf(got.headers);
}
function factsOf(headers) {
    const version = textOf(headers['x-amz-version-id']);
    const total = /\/(\d+)$/.exec(textOf(headers['content-range']) ?? '')?.[1] ?? textOf(headers['content-length']);
    return {
        // An object from before the bucket kept versions is the version "null", which the next write replaces.
        version: version === 'null' ? null : version,
        sha256: wholeSha256(headers),
        md5: etagMd5(headers),
        sizeBytes: total === null ? null : Number(total),
    };
}
/** A checksum of parts ends in their number, and is none of the bytes. */
function wholeSha256(headers) {
    const text = textOf(headers['x-amz-checksum-sha256']);
    if (text === null || headers['x-amz-checksum-type'] === 'COMPOSITE' || !/^[A-Za-z0-9+/]{43}=$/.test(text))
        return null;
    return Buffer.from(text, 'base64').toString('hex');
}
/**
 * The ETag is the MD5 of what was uploaded in one piece and is not encrypted with a key of KMS or of the customer
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html).
 */
function etagMd5(headers) {
    const encrypted = textOf(headers['x-amz-server-side-encryption']);
    const byCustomer = headers['x-amz-server-side-encryption-customer-algorithm'] !== undefined;
    if (byCustomer || (encrypted !== null && encrypted !== 'AES256'))
        return null;
    return /^"?([0-9a-f]{32})"?$/.exec(textOf(headers.etag) ?? '')?.[1] ?? null;
}
function textOf(value) {
    return typeof value === 'string' && value !== '' ? value : null;
}
//# sourceMappingURL=open-foreign-s3.js.map
// EXTERNAL MODULE: ./packages/stores/build/gcs/gcs-client.js + 2 modules
var gcs_client = __webpack_require__(43813);
// EXTERNAL MODULE: ./packages/stores/build/gcs/presign-object.js + 1 modules
var presign_object = __webpack_require__(56143);
// EXTERNAL MODULE: ./packages/stores/build/gcs/read-objects.js
var gcs_read_objects = __webpack_require__(34034);
;// CONCATENATED MODULE: ./packages/stores/build/gcs/open-foreign-gcs.js



/**
 * A bucket of Cloud Storage that somebody else keeps. The version of an object is its generation, which no other content
 * of the name will ever have, whether the bucket keeps old ones or not.
 * @throws store/misconfigured for an endpoint that is no address
 */
function openForeignGcs(options) {
    const client = (0,gcs_client/* openGcsClient */.n)({ ...options, isForeign: true });
    const now = options.now ?? (() => new Date());
    return {
        describe: async (key, version) => {
            const found = await (0,gcs_read_objects/* describeObject */.v8)(client, key, version);
            return found === null ? null : { version: found.revision, sha256: null, md5: null, sizeBytes: found.sizeBytes };
        },
        list: (prefix) => (0,gcs_read_objects/* listForeign */.Ty)(client, prefix),
        read: (key, version, range) => (0,gcs_read_objects/* readObject */.Ag)(client, key, range, { generation: version }),
        presign: (key, version, { expiresInSeconds }) => (0,presign_object/* presignObject */.I)(client, key, { expiresInSeconds, now: now(), generation: version }),
    };
}
//# sourceMappingURL=open-foreign-gcs.js.map
// EXTERNAL MODULE: ./packages/stores/build/azure/azure-client.js + 16 modules
var azure_client = __webpack_require__(30888);
// EXTERNAL MODULE: ./packages/stores/build/azure/azure-permissions.js
var azure_permissions = __webpack_require__(14717);
// EXTERNAL MODULE: ./packages/stores/build/azure/presign-blob.js
var presign_blob = __webpack_require__(8803);
// EXTERNAL MODULE: ./packages/stores/build/azure/read-blobs.js + 1 modules
var read_blobs = __webpack_require__(88416);
;// CONCATENATED MODULE: ./packages/stores/build/azure/open-foreign-azure.js




/**
 * A container of an account that whoever wrote a reference named: a shared access signature goes there only if the
 * environment says that it is of that account. @throws in every method as AzureClient.askBlob
 */
function openForeignAzure(options) {
    const client = (0,azure_client/* azureClient */.v)({ ...options, isForeign: true });
    const presigner = (0,presign_blob/* openPresigner */.w)(client);
    return {
        describe: (key, version) => describeBlob(client, key, version),
        list: (prefix) => (0,read_blobs/* listForeign */.Ty)(client, prefix),
        read: (key, version, range) => (0,read_blobs/* readBlob */.gm)(client, key, range, { version }),
        presign: (key, version, { expiresInSeconds }) => presigner.presign(key, expiresInSeconds * 1000, version),
    };
}
/**
 * What Blob Storage says of one blob that somebody else keeps: its version where the account keeps versions, and the MD5
 * that stands with it, which the service computed of what came in one piece, and which the uploader told of what came in
 * blocks (https://learn.microsoft.com/rest/api/storageservices/get-blob-properties). One HEAD. Null when there is no such
 * blob. @throws as AzureClient.askBlob
 */
async function describeBlob(client, key, version) {
    const { status, headers } = await client.askBlob(key, {
        action: 'look at',
        permission: azure_permissions/* permissions */.P.read,
        method: 'HEAD',
        maxAnswerBytes: read_blobs/* maxDocumentBytes */.VR,
        outcomes: [200, 404],
        ...(0,read_blobs/* ofVersion */.MP)(version),
    });
    if (status === 404)
        return null;
    const length = headers['content-length'];
    return {
        version: versionOf(headers['x-ms-version-id']),
        sha256: null,
        md5: md5Of(headers['content-md5']),
        sizeBytes: length === undefined ? null : Number(length),
    };
}
/** A time to the tenth of a microsecond. */
function versionOf(value) {
    return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]{8,20}Z$/.test(value) ? value : null;
}
function md5Of(value) {
    return typeof value === 'string' && /^[A-Za-z0-9+/]{22}==$/.test(value)
        ? Buffer.from(value, 'base64').toString('hex')
        : null;
}
//# sourceMappingURL=open-foreign-azure.js.map
// EXTERNAL MODULE: ./packages/host/build/open-bucket.js + 9 modules
var open_bucket = __webpack_require__(80490);
// EXTERNAL MODULE: ./packages/host/build/proxy.js
var build_proxy = __webpack_require__(97679);
;// CONCATENATED MODULE: ./packages/host/build/open-sources.js






/**
 * The services that an environment names, asked with the credentials that it has. Nothing is asked before it is needed.
 * @param ofStranger whether the files of this job were written by somebody without write access: then no run is read, and
 * of data and files what everybody may read
 * @param root the folder of the repository, from which remotes of DVC in folders are found; absent: none is read
 */
function openSources(environment, { ofStranger, root } = { ofStranger: false }) {
    const proxy = (0,build_proxy/* proxyOf */.O)(environment);
    const forStrangers = openPublicSources(environment);
    if (ofStranger)
        return { ...forStrangers, runs: without_credentials/* unreadRuns */.m, forStrangers };
    const options = { environment, proxy, objects: objectStores(environment), ...foldersFrom(root) };
    return {
        data: openDataReferences(options),
        remote: openRemoteFiles(options),
        runs: openTrackedRuns({ environment, proxy }),
        forStrangers,
    };
}
/** The public Hub as anybody asks it. No other service is asked: a host of one's own may show more to a job than to others. */
function openPublicSources(environment) {
    const isOwnHub = (environment['HF_ENDPOINT']?.trim() ?? '') !== '';
    // An address that is none: nobody is asked.
    const options = { environment: isOwnHub ? { HF_ENDPOINT: 'none' } : {}, proxy: (0,build_proxy/* proxyOf */.O)(environment) };
    return { data: openDataReferences(options), remote: openRemoteFiles(options) };
}
/** What DVC keeps in folders, relative to the repository or absolute. */
function foldersFrom(root) {
    if (root === undefined)
        return {};
    return { folders: (path) => (0,file_source/* openFileSourceIfPresent */.g5)((0,external_node_path_.resolve)(root, path), `file:${path}`) };
}
/** How each object store is asked, with the credentials that its own tools would find. */
function objectStores(environment) {
    const proxy = (0,build_proxy/* proxyOf */.O)(environment);
    // The variables of the AWS SDK and command line (docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
    const endpoint = (environment['AWS_ENDPOINT_URL_S3'] ?? environment['AWS_ENDPOINT_URL'] ?? '').trim();
    const place = endpoint === '' ? {} : { endpoint, endpointSetting: 'AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL' };
    const emulator = (0,open_bucket/* emulatorOf */.r)(environment['STORAGE_EMULATOR_HOST']);
    const google = emulator === null ? {} : { endpoint: emulator, endpointSetting: 'STORAGE_EMULATOR_HOST' };
    return {
        s3: openOnce((bucket) => openForeignS3({ bucket, ...place, environment, proxy })),
        gs: openOnce((bucket) => openForeignGcs({ bucket, ...google, proxy })),
        az: openOnce((bucket) => {
            const [container = '', account = ''] = bucket.split('@');
            return openForeignAzure({ account, container, environment, proxy });
        }),
    };
}
/** One client for each bucket, which keeps its connections and credentials. */
function openOnce(open) {
    const opened = new Map();
    return (bucket) => {
        const known = opened.get(bucket) ?? open(bucket);
        opened.set(bucket, known);
        return known;
    };
}
//# sourceMappingURL=open-sources.js.map

/***/ })

};
