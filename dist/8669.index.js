export const id = 8669;
export const ids = [8669];
export const modules = {

/***/ 68669:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openGitHub: () => (/* reexport */ openGitHub)
});

// UNUSED EXPORTS: defaultBounds, githubPermissions

// EXTERNAL MODULE: ./packages/core/build/errors/error.js + 16 modules
var errors_error = __webpack_require__(49302);
;// CONCATENATED MODULE: ./packages/forges/build/github/attestations.js

/** Sigstore bundles by the digest of their subject. */
function attestations(client) {
    return {
        async attestations(digest) {
            const purpose = {
                action: `read attestations of ${digest}`,
                what: `attestation of ${digest}`,
                needs: ['attestations: read'],
            };
            try {
                const pages = await client.list(purpose, async function* (octokit, at) {
                    const answers = octokit.paginate.iterator('GET /repos/{owner}/{repo}/attestations/{subject_digest}', {
                        ...at,
                        subject_digest: digest,
                    });
                    for await (const { data } of answers)
                        yield { data: bundlesOf(data) };
                });
                return pages;
            }
            catch (error) {
                // Servers that keep none, and digests of which there are none, both answer 404.
                if (error instanceof errors_error/* WeighbridgeError */.kj && error.code === 'forge/not-found')
                    return [];
                throw error;
            }
        },
    };
}
/** An attestation whose bundle stands elsewhere is left out: what is not here proves nothing. */
function bundlesOf(page) {
    const { attestations: listed } = page;
    const items = listed ?? (Array.isArray(page) ? page : []);
    return items.flatMap(({ bundle }) => (typeof bundle === 'object' && bundle !== null ? [bundle] : []));
}
//# sourceMappingURL=attestations.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/bounds.js
/** The bounds that hold unless the caller gives others. */
const defaultBounds = {
    requests: 900,
    pages: 100,
    responseBytes: 32 * 1024 * 1024,
    requestMs: 60_000,
    retries: 3,
    waitSeconds: 300,
};
/** What GitHub takes or gives at most. */
const githubLimits = {
    /** https://docs.github.com/rest/pulls/pulls#list-pull-requests-files */
    filesOfPull: 3000,
    /** https://docs.github.com/rest/pulls/pulls#list-commits-on-a-pull-request */
    commitsOfPull: 250,
    pageSize: 100,
    /** Newest releases among which one that is no longer, or not yet, published is looked for. */
    releasesSearched: 300,
    /** Characters of the description of a commit status. */
    statusDescription: 140,
};
//# sourceMappingURL=bounds.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/checks.js

/**
 * Checks and statuses of a commit. A job of a workflow has two names: `test`, as rules of branches know it, and
 * `ci / test`. Of one source the latest counts; where several sources use a name, the worst does.
 */
async function readChecks(client, commit) {
    const purpose = {
        action: `read checks of ${commit}`,
        what: `commit ${commit}`,
        needs: ['checks: read', 'statuses: read'],
    };
    const found = [...(await readCheckRuns(client, purpose, commit)), ...(await readStatuses(client, purpose, commit))];
    const latest = new Map();
    for (const check of found) {
        const key = JSON.stringify([check.name, check.source]);
        const held = latest.get(key);
        if (held === undefined || held.startedAt < check.startedAt)
            latest.set(key, check);
    }
    const named = new Map();
    for (const { name, facts } of latest.values()) {
        const held = named.get(name);
        if (held === undefined || severity[facts.state] > severity[held.state])
            named.set(name, facts);
    }
    return Object.fromEntries([...named].sort(([left], [right]) => (left < right ? -1 : 1)));
}
const severity = { success: 0, running: 1, failure: 2 };
async function readCheckRuns(client, purpose, commit) {
    const runs = await client.list(purpose, (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', { ...at, ref: commit }));
    const ofActions = runs.some(({ app }) => app?.slug === 'github-actions');
    const workflows = ofActions ? await readWorkflowNames(client, commit) : new Map();
    return runs.flatMap((run) => {
        const workflow = run.check_suite === null ? undefined : workflows.get(run.check_suite.id);
        const source = workflow ?? `app ${run.app?.slug ?? ''}`;
        const check = {
            source,
            startedAt: run.started_at ?? '',
            facts: {
                state: stateOf(run.status, run.conclusion),
                conclusion: run.conclusion ?? run.status,
                commit,
                url: run.html_url,
            },
        };
        const names = workflow === undefined ? [run.name] : [run.name, `${workflow} / ${run.name}`];
        return names.map((name) => ({ ...check, name }));
    });
}
/** Names of workflows by check suite; none when the token may not read runs. */
async function readWorkflowNames(client, commit) {
    const purpose = { action: 'list workflow runs', what: `commit ${commit}`, needs: ['actions: read'] };
    try {
        const runs = await client.list(purpose, (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/actions/runs', { ...at, head_sha: commit }));
        return new Map(runs.flatMap(({ check_suite_id: suite, name }) => suite === undefined || name === null || name === undefined ? [] : [[suite, name]]));
    }
    catch (error) {
        if (error instanceof errors_error/* WeighbridgeError */.kj && error.code === 'forge/forbidden')
            return new Map();
        throw error;
    }
}
async function readStatuses(client, purpose, commit) {
    const pages = await client.list(purpose, async function* (octokit, at) {
        const answers = octokit.paginate.iterator('GET /repos/{owner}/{repo}/commits/{ref}/status', { ...at, ref: commit });
        for await (const { data } of answers)
            yield { data: statusesOf(data) };
    });
    return pages.map((status) => ({
        name: status.context,
        source: 'status',
        startedAt: status.updated_at,
        facts: {
            state: status.state === 'success' ? 'success' : status.state === 'pending' ? 'running' : 'failure',
            conclusion: status.state,
            commit,
            url: status.target_url,
        },
    }));
}
/** The combined status is one document that pages its statuses. */
function statusesOf(page) {
    const { statuses } = page;
    return statuses ?? (Array.isArray(page) ? page : []);
}
/** Only what concluded success is one: neutral and skipped say that nothing was looked at. */
function stateOf(status, conclusion) {
    if (status !== 'completed')
        return 'running';
    return conclusion === 'success' ? 'success' : 'failure';
}
//# sourceMappingURL=checks.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/failure.js

/** Reads octokit's RequestError; null for any other error. */
function failedAnswer(error) {
    const held = error;
    const errors = typeof held.response?.data === 'object' ? held.response.data.errors : undefined;
    const types = Array.isArray(errors) ? errors.flatMap(({ type }) => (typeof type === 'string' ? [type] : [])) : [];
    if (typeof held.status !== 'number' && types.length === 0)
        return null;
    return {
        status: typeof held.status === 'number' ? held.status : 200,
        headers: held.response?.headers ?? {},
        types,
        broken: held.response === undefined,
        secondaryLimit: /secondary rate/i.test(String(held.message)),
    };
}
/** Whether the forge refused for the number of requests and not for what was asked. */
function isRateLimit({ status, headers, types, secondaryLimit }) {
    if (types.includes('RATE_LIMITED'))
        return true;
    const limited = secondaryLimit || headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined;
    return status === 429 || (status === 403 && limited);
}
/** The error of the catalogue for a failed request. Nothing of the answer gets into it but numbers and known words. */
function forgeError(error, question, now, tries) {
    const own = ownError(error);
    if (own !== null)
        return own;
    const failed = failedAnswer(error);
    const { address, action, what } = question;
    if (failed === null)
        return (0,errors_error/* weighbridgeError */.q)('forge/unexpected', { address, action, reason: 'it cannot be read' });
    if (isRateLimit(failed))
        return (0,errors_error/* weighbridgeError */.q)('forge/rate-limited', { address, until: limitEnd(failed, now) });
    if (failed.status === 401)
        return (0,errors_error/* weighbridgeError */.q)('forge/unauthorized', { address });
    if (failed.status === 403 || failed.types.includes('FORBIDDEN') || failed.types.includes('INSUFFICIENT_SCOPES')) {
        return (0,errors_error/* weighbridgeError */.q)('forge/forbidden', { address, action, permission: missingPermission(failed, question) });
    }
    if (failed.status === 404 || failed.status === 410 || failed.types.includes('NOT_FOUND')) {
        return (0,errors_error/* weighbridgeError */.q)('forge/not-found', { address, what });
    }
    if (failed.broken || failed.status >= 500) {
        const reason = failed.broken ? 'the connection broke or took too long' : `status ${failed.status}`;
        return (0,errors_error/* weighbridgeError */.q)('forge/unavailable', { address, action, tries, reason });
    }
    return (0,errors_error/* weighbridgeError */.q)('forge/unexpected', { address, action, reason: `status ${failed.status}` });
}
/** An error of ours that travelled through octokit as a cause. */
function ownError(error) {
    if (error instanceof errors_error/* WeighbridgeError */.kj)
        return error;
    const cause = error instanceof Error ? error.cause : undefined;
    return cause instanceof errors_error/* WeighbridgeError */.kj ? cause : null;
}
/** GitHub says in a header what would do, such as `statuses=write; contents=read,issues=write`. */
function missingPermission({ headers }, { needs }) {
    const told = headers['x-accepted-github-permissions'];
    if (told !== undefined && /^[a-z_]+=(read|write|admin)([,;] ?[a-z_]+=(read|write|admin))*$/.test(told)) {
        return told.replaceAll('_', '-').replaceAll('=', ': ').replaceAll(/; ?/g, ' or ').replaceAll(/, ?/g, ' and ');
    }
    return needs.join(' and ') || 'a permission that it did not name';
}
/** When asking again makes sense, as RFC 3339. */
function limitEnd({ headers }, now) {
    const after = Number(headers['retry-after']);
    const reset = Number(headers['x-ratelimit-reset']);
    const at = after > 0 ? now.getTime() + after * 1000 : reset > 0 ? reset * 1000 : now.getTime() + 60_000;
    const latest = Math.min(at, now.getTime() + 24 * 3_600_000);
    return new Date(latest).toISOString();
}
//# sourceMappingURL=failure.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/transport.js

/**
 * A fetch that bounds the number of requests and the time of each.
 * @throws forge/bound
 */
function countedFetch(inner, count, bounds) {
    return async (input, init) => {
        count.requests++;
        if (count.requests > bounds.requests)
            throw exceeded(`${bounds.requests} requests`);
        const timeout = AbortSignal.timeout(bounds.requestMs);
        const given = init?.signal;
        const signal = given === null || given === undefined ? timeout : AbortSignal.any([given, timeout]);
        return inner(input, { ...init, signal });
    };
}
/**
 * A fetch whose answers are whole: octokit takes a body that breaks off for an empty one.
 * @throws forge/bound after that many bytes
 */
function wholeFetch(inner, maxBytes) {
    return async (input, init) => {
        const response = await inner(input, init);
        if (response.body === null)
            return response;
        const chunks = [];
        let sizeBytes = 0;
        for await (const chunk of response.body) {
            sizeBytes += chunk.length;
            if (sizeBytes > maxBytes)
                throw exceeded(`${maxBytes} bytes in one answer`);
            chunks.push(chunk);
        }
        const { status, headers, url } = response;
        const whole = new Response(Buffer.concat(chunks), { status, headers });
        // A response that is made anew has no address, and octokit looks at it.
        return Object.defineProperty(whole, 'url', { value: url });
    };
}
function exceeded(bound) {
    return (0,errors_error/* weighbridgeError */.q)('forge/bound', { bound });
}
/**
 * The platform's fetch, through the proxy where there is one. The platform's own ignores proxies before Node 24, so
 * undici's is loaded then, and only then.
 */
async function platformFetch(proxy) {
    if (proxy.https === undefined && proxy.http === undefined)
        return fetch;
    const { EnvHttpProxyAgent, fetch: undiciFetch } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 46752, 19));
    const dispatcher = new EnvHttpProxyAgent({
        ...(proxy.https === undefined ? {} : { httpsProxy: proxy.https }),
        ...(proxy.http === undefined ? {} : { httpProxy: proxy.http }),
        noProxy: proxy.none ?? '',
    });
    const through = (input, init) => undiciFetch(input, { ...init, dispatcher });
    return through;
}
//# sourceMappingURL=transport.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/client.js




const apiVersion = { 'x-github-api-version': '2022-11-28' };
/** A client of one repository. Octokit is loaded at the first request and not before. */
function openClient(options) {
    const { bounds, clock, repository } = options;
    const [owner = '', repo = ''] = repository.split('/');
    const address = `${hostOf(options.serverUrl)}/${repository}`;
    const at = { owner, repo, headers: apiVersion };
    let opening;
    const opened = () => (opening ??= loadOctokit(options));
    async function asked(purpose, request) {
        const question = { address, ...purpose };
        try {
            const { octokit } = await opened();
            return await request(octokit);
        }
        catch (error) {
            throw forgeError(error, question, clock.now(), triesOf(error));
        }
    }
    const client = {
        address,
        serverUrl: options.serverUrl.replace(/\/+$/, ''),
        owner,
        repository,
        token: options.token,
        now: () => clock.now(),
        ask: (purpose, request) => asked(purpose, (octokit) => request(octokit, at)),
        async find(purpose, request) {
            try {
                return await client.ask(purpose, request);
            }
            catch (error) {
                if (error instanceof errors_error/* WeighbridgeError */.kj && error.code === 'forge/not-found')
                    return null;
                throw error;
            }
        },
        list: (purpose, pages, enough = () => false) => asked(purpose, async (octokit) => {
            const items = [];
            let count = 0;
            for await (const { data } of pages(octokit, { ...at, per_page: githubLimits.pageSize })) {
                items.push(...data);
                if (enough(items))
                    break;
                if (++count >= bounds.pages)
                    throw (0,errors_error/* weighbridgeError */.q)('forge/bound', { bound: `${bounds.pages} pages` });
            }
            return items;
        }),
        query: (purpose, query, variables) => asked(purpose, async (octokit) => {
            const { data } = await octokit.request({
                method: 'POST',
                url: options.graphqlUrl,
                headers: apiVersion,
                query,
                variables,
            });
            return graphqlAnswer(data, { address, ...purpose });
        }),
        download: (purpose, url, maxBytes) => asked(purpose, async () => {
            const { fetch } = await opened();
            return readBytes(await fetch(url), { purpose, address, maxBytes });
        }),
    };
    return client;
}
async function loadOctokit(options) {
    const inner = options.fetch ?? (await platformFetch(options.proxy));
    const { token, apiUrl, bounds, secondMs, count } = options;
    const fetch = countedFetch(inner, count, bounds);
    const { openOctokit } = await Promise.all(/* import() */[__webpack_require__.e(8395), __webpack_require__.e(4360)]).then(__webpack_require__.bind(__webpack_require__, 24360));
    const whole = wholeFetch(fetch, bounds.responseBytes);
    return { fetch, octokit: openOctokit({ token, apiUrl, fetch: whole, bounds, secondMs }) };
}
function graphqlAnswer(answer, question) {
    const { address, action } = question;
    const held = answer;
    const refused = (held.errors ?? []).map(({ path, type }) => ({
        path: (path ?? []).filter((part) => typeof part === 'string').join('.'),
        type: type ?? '',
    }));
    const whole = refused.find(({ path }) => path === '');
    if (whole !== undefined || held.data === null || held.data === undefined) {
        const reason = /^[A-Z_]{1,40}$/.test(whole?.type ?? '') ? `the query failed with ${whole?.type}` : 'no data came';
        throw (0,errors_error/* weighbridgeError */.q)('forge/unexpected', { address, action, reason });
    }
    return { data: held.data, refused };
}
async function readBytes(response, about) {
    const { purpose, address, maxBytes } = about;
    if (!response.ok || response.body === null) {
        const reason = `status ${response.status} from the storage`;
        throw (0,errors_error/* weighbridgeError */.q)('forge/unexpected', { address, action: purpose.action, reason });
    }
    const chunks = [];
    let sizeBytes = 0;
    for await (const chunk of response.body) {
        sizeBytes += chunk.length;
        if (sizeBytes > maxBytes)
            throw (0,errors_error/* weighbridgeError */.q)('forge/too-large', { what: purpose.what, sizeBytes, maxBytes });
        chunks.push(chunk);
    }
    return new Uint8Array(Buffer.concat(chunks));
}
function triesOf(error) {
    const { request } = error;
    return Number(request?.request?.retryCount ?? 0) + 1;
}
function hostOf(serverUrl) {
    return new URL(serverUrl).host;
}
//# sourceMappingURL=client.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/create-once.js

/** How often something is made before giving up. */
const maxTries = 3;
/**
 * Makes something that must not be made twice. A request that broke may have gone through, so that its answer is looked
 * for before the next try; the client's own retries are to be off in `create`.
 */
async function createOnce(look, create) {
    const held = await look();
    if (held !== null)
        return { made: held, outcome: 'present' };
    for (let tries = 1;; tries++) {
        try {
            return { made: await create(), outcome: 'created' };
        }
        catch (error) {
            if (!(error instanceof errors_error/* WeighbridgeError */.kj) || error.code !== 'forge/unavailable' || tries >= maxTries)
                throw error;
            const made = await look();
            if (made !== null)
                return { made, outcome: 'created' };
        }
    }
}
/** Request options of a write that is not tried again blindly. */
const onlyOnce = { request: { retries: 0 } };
//# sourceMappingURL=create-once.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/comments.js

/** The one comment of ours on a pull request. */
function stickyComments(client, self) {
    return {
        async upsertComment({ pull, marker, body }) {
            const purpose = {
                action: `comment on pull request ${pull}`,
                what: `pull request ${pull}`,
                needs: ['pull-requests: write'],
            };
            const text = `${marker}\n${body}`;
            const ownId = await self();
            const isOurs = (comment) => String(comment.user?.id) === ownId && comment.body?.split(/\r?\n/)[0] === marker;
            const look = async () => {
                const comments = await client.list(purpose, (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
                    ...at,
                    issue_number: pull,
                }), (items) => items.some(isOurs));
                return comments.find(isOurs) ?? null;
            };
            const create = async () => {
                const { data } = await client.ask(purpose, (octokit, at) => octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
                    ...at,
                    ...onlyOnce,
                    issue_number: pull,
                    body: text,
                }));
                return data;
            };
            const { made, outcome } = await createOnce(look, create);
            if (outcome === 'created')
                return { url: made.html_url, outcome };
            if (sameText(made.body, text))
                return { url: made.html_url, outcome: 'same' };
            await client.ask(purpose, (octokit, at) => octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
                ...at,
                comment_id: Number(made.id),
                body: text,
            }));
            return { url: made.html_url, outcome: 'updated' };
        },
    };
}
/** GitHub may answer with other line ends than it was given. */
function sameText(left, right) {
    return left?.replaceAll('\r\n', '\n').trimEnd() === right.replaceAll('\r\n', '\n').trimEnd();
}
//# sourceMappingURL=comments.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/actor.js
/** Null stays null: the account is gone. */
function restActor(account) {
    if (account === null || account === undefined)
        return null;
    const { id, login, type } = account;
    const bot = type === 'Bot' || login.endsWith('[bot]');
    return { id: String(id), login, kind: bot ? 'bot' : type === 'Organization' ? 'organization' : 'user' };
}
/** The same account as REST would tell it, so that one person is one person wherever she was read. */
function graphActor(account) {
    if (account === null || account === undefined)
        return null;
    const { __typename: type, login, databaseId } = account;
    const bot = type === 'Bot' || login.endsWith('[bot]');
    return {
        id: databaseId === null || databaseId === undefined ? '' : String(databaseId),
        login: bot && !login.endsWith('[bot]') ? `${login}[bot]` : login,
        kind: bot ? 'bot' : type === 'Organization' ? 'organization' : 'user',
    };
}
//# sourceMappingURL=actor.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/pull/facts.js

const reviewStates = {
    PENDING: 'pending',
    COMMENTED: 'commented',
    APPROVED: 'approved',
    CHANGES_REQUESTED: 'changes-requested',
    DISMISSED: 'dismissed',
};
/** A review as it stands now. */
function reviewFact(node) {
    return {
        id: String(node.fullDatabaseId ?? ''),
        author: graphActor(node.author),
        state: reviewStates[node.state],
        commit: node.commit?.oid ?? null,
        submittedAt: node.submittedAt,
        body: node.body,
        url: node.url,
    };
}
/** An event of the timeline; none for those that were not asked for. */
function eventFact(node) {
    const { createdAt: at } = node;
    const actor = graphActor(node.actor);
    switch (node.__typename) {
        case 'ReviewDismissedEvent':
            return [
                { kind: 'review-dismissed', at, actor, review: String(node.review?.fullDatabaseId ?? ''), was: was(node) },
            ];
        case 'HeadRefForcePushedEvent':
            return [{ kind: 'head-force-pushed', at, actor }];
        case 'BaseRefChangedEvent':
            return [{ kind: 'base-changed', at, actor }];
        case 'ReviewRequestedEvent':
            return [{ kind: 'review-requested', at, actor, reviewer: node.requestedReviewer?.login ?? null }];
        default:
            return [];
    }
}
function was({ previousReviewState }) {
    const state = previousReviewState === undefined ? null : reviewStates[previousReviewState];
    return state === 'approved' || state === 'changes-requested' || state === 'commented' ? state : null;
}
/** A commit; its first author is git's, the others come from trailers. */
function commitFact(node) {
    const [author = nobody, ...coAuthors] = (node.authors.nodes ?? []).map(person);
    const committer = person(node.committer);
    const byForge = node.committedViaWeb === true && committer.account === null;
    return {
        id: node.oid,
        tree: node.tree.oid,
        parents: (node.parents.nodes ?? []).flatMap((parent) => (parent === null ? [] : [parent.oid])),
        author,
        // An edit, a suggestion or a merge on the forge's pages is its author's, whose account the forge knows.
        committer: byForge ? author : committer,
        coAuthors,
        committedAt: node.committedDate,
        cleanUpdate: null,
    };
}
const nobody = { account: null, name: '' };
function person(node) {
    return node === null ? nobody : { account: graphActor(node.user), name: node.name ?? '' };
}
/** A comment of the conversation. */
function commentFact(node) {
    return {
        id: String(node.fullDatabaseId ?? ''),
        author: graphActor(node.author),
        body: node.body,
        createdAt: node.createdAt,
        edited: node.lastEditedAt !== null,
    };
}
//# sourceMappingURL=facts.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/pull/query.js
const actor = 'actor { ...account }';
const fragments = `fragment people on Commit {
  oid committedDate committedViaWeb
  tree { oid }
  parents(first: 20) { totalCount nodes { oid } }
  authors(first: 50) { totalCount nodes { name user { ...account } } }
  committer { name user { ...account } }
}
fragment account on Actor {
  __typename
  login
  ... on User { databaseId }
  ... on Bot { databaseId }
  ... on Organization { databaseId }
  ... on Mannequin { databaseId }
}`;
/**
 * One moment of a pull request: itself, and a page of each list that the rules of review rest on. A list whose `with…`
 * is false is left out, which is how the next pages of the longer lists are read.
 * https://docs.github.com/graphql/reference/objects#pullrequest
 */
const pullQuery = `
query pull($owner: String!, $repo: String!, $number: Int!,
  $withReviews: Boolean!, $reviewsAfter: String,
  $withTimeline: Boolean!, $timelineAfter: String,
  $withCommits: Boolean!, $commitsAfter: String,
  $withComments: Boolean!, $commentsAfter: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      number url title state isDraft createdAt changedFiles isCrossRepository mergedAt
      author { ...account }
      mergedBy { ...account }
      mergeCommit { oid }
      baseRefName baseRefOid headRefName headRefOid
      headRepository { nameWithOwner }
      reviews(first: 100, after: $reviewsAfter) @include(if: $withReviews) {
        pageInfo { hasNextPage endCursor }
        nodes { fullDatabaseId state submittedAt body url commit { oid } author { ...account } }
      }
      timelineItems(first: 100, after: $timelineAfter, itemTypes: [
        REVIEW_DISMISSED_EVENT, HEAD_REF_FORCE_PUSHED_EVENT, BASE_REF_CHANGED_EVENT, REVIEW_REQUESTED_EVENT
      ]) @include(if: $withTimeline) {
        pageInfo { hasNextPage endCursor }
        nodes {
          __typename
          ... on ReviewDismissedEvent { createdAt previousReviewState review { fullDatabaseId } ${actor} }
          ... on HeadRefForcePushedEvent { createdAt ${actor} }
          ... on BaseRefChangedEvent { createdAt ${actor} }
          ... on ReviewRequestedEvent { createdAt requestedReviewer { __typename ... on User { login } } ${actor} }
        }
      }
      commits(first: 100, after: $commitsAfter) @include(if: $withCommits) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          commit { ...people }
        }
      }
      comments(first: 100, after: $commentsAfter) @include(if: $withComments) {
        pageInfo { hasNextPage endCursor }
        nodes { fullDatabaseId body createdAt lastEditedAt author { ...account } }
      }
    }
  }
}
${fragments}`;
/**
 * So many commits by id, each under the name of its variable: c0, c1 and so on.
 * https://docs.github.com/graphql/reference/objects#commit
 */
function commitsQuery(count) {
    const names = Array.from({ length: count }, (_, place) => `c${place}`);
    const variables = names.map((name) => `, $${name}: GitObjectID!`).join('');
    const fields = names.map((name) => `${name}: object(oid: $${name}) { __typename ...people }`).join('\n    ');
    return `
query commits($owner: String!, $repo: String!${variables}) {
  repository(owner: $owner, name: $repo) {
    ${fields}
  }
}
${fragments}`;
}
/** Who the token acts as. Works for the token of a workflow, which REST's /user refuses. */
const viewerQuery = 'query viewer { viewer { login databaseId } }';
//# sourceMappingURL=query.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/history.js



/** Commits in one query: each brings its authors and parents, so that more would ask for too many nodes at once. */
const pageSize = 50;
/** Commits by id, with the accounts behind all their people: one query for each fifty. */
function history_history(client) {
    return {
        async commits(ids) {
            const found = [];
            for (let start = 0; start < ids.length; start += pageSize) {
                found.push(...(await readPage(client, ids.slice(start, start + pageSize))));
            }
            return found;
        },
    };
}
async function readPage(client, ids) {
    const purpose = {
        action: `read ${ids.length} commits`,
        what: `commit ${ids[0]}`,
        needs: ['contents: read'],
    };
    const repo = client.repository.split('/')[1] ?? '';
    const variables = Object.fromEntries(ids.map((id, place) => [`c${place}`, id]));
    const { data, refused } = await client.query(purpose, commitsQuery(ids.length), {
        owner: client.owner,
        repo,
        ...variables,
    });
    const repository = data?.repository ?? null;
    const nodes = Object.values(repository ?? {}).filter((node) => node !== null);
    if (nodes.length === 0 && refused.length > 0)
        throw forbidden(client, purpose);
    return nodes.flatMap((node) => (node.__typename === 'Commit' ? [commitFact(node)] : []));
}
function forbidden(client, { action, needs }) {
    return (0,errors_error/* weighbridgeError */.q)('forge/forbidden', { address: client.address, action, permission: needs.join(', ') });
}
//# sourceMappingURL=history.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/openings.js


/** Pull requests and issues that the tool opens, and whom it asks for a review. */
function openings(client, self) {
    return {
        async openPull({ head, base, title, body }) {
            const purpose = {
                action: 'open a pull request',
                what: `branch ${head}`,
                needs: ['pull-requests: write', 'contents: read'],
            };
            const { made, outcome } = await createOnce(async () => {
                const { data } = await client.ask(purpose, (octokit, at) => octokit.request('GET /repos/{owner}/{repo}/pulls', {
                    ...at,
                    state: 'open',
                    head: `${client.owner}:${head}`,
                    base,
                }));
                return data[0] ?? null;
            }, async () => {
                const { data } = await client.ask(purpose, (octokit, at) => octokit.request('POST /repos/{owner}/{repo}/pulls', { ...at, ...onlyOnce, head, base, title, body }));
                return data;
            });
            return { number: made.number, url: made.html_url, outcome };
        },
        async requestReviews({ pull, users, teams }) {
            const refused = [];
            // One by one: GitHub refuses all of a request when one of it cannot be asked.
            for (const name of [...users, ...teams]) {
                if (!(await askReviewer(client, pull, name)))
                    refused.push(name);
            }
            return { refused };
        },
        async openIssue({ marker, title, body }) {
            const purpose = { action: 'open an issue', what: 'such repository', needs: ['issues: write'] };
            const ownId = await self();
            const isOurs = (issue) => issue.pull_request === undefined &&
                String(issue.user?.id) === ownId &&
                issue.body?.split(/\r?\n/)[0] === marker;
            const { made, outcome } = await createOnce(async () => {
                const issues = await client.list(purpose, (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/issues', { ...at, state: 'open' }), (items) => items.some(isOurs));
                return issues.find(isOurs) ?? null;
            }, async () => {
                const { data } = await client.ask(purpose, (octokit, at) => octokit.request('POST /repos/{owner}/{repo}/issues', {
                    ...at,
                    ...onlyOnce,
                    title,
                    body: `${marker}\n${body}`,
                }));
                return data;
            });
            return { number: made.number, url: made.html_url, outcome };
        },
    };
}
/** False when this one cannot be asked: no collaborator, the author, or a team that the token may not name. */
async function askReviewer(client, pull, name) {
    const purpose = {
        action: `ask for reviews of pull request ${pull}`,
        what: `pull request ${pull}`,
        needs: ['pull-requests: write'],
    };
    const team = name.includes('/') ? name.slice(name.indexOf('/') + 1) : null;
    try {
        await client.ask(purpose, (octokit, at) => octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers', {
            ...at,
            pull_number: pull,
            ...(team === null ? { reviewers: [name] } : { team_reviewers: [team] }),
        }));
        return true;
    }
    catch (error) {
        if (error instanceof errors_error/* WeighbridgeError */.kj && error.code === 'forge/unexpected')
            return false;
        throw error;
    }
}
//# sourceMappingURL=openings.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/people.js


/** Who somebody is and what they may do. */
function people(client) {
    const account = async (login) => {
        const purpose = { action: `read the account ${login}`, what: `account ${login}`, needs: [] };
        const answer = await client.find(purpose, (octokit, { headers }) => octokit.request('GET /users/{username}', { headers, username: login }));
        return answer === null ? null : restActor(answer.data);
    };
    return {
        account,
        team: (slug) => readTeam(client, slug),
        async permission(login) {
            const purpose = {
                action: `read the permission of ${login}`,
                what: `account ${login}`,
                needs: ['metadata: read'],
            };
            try {
                const answer = await client.find(purpose, (octokit, at) => octokit.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', { ...at, username: login }));
                // 404 is said both of a login that is nobody's and of a token that may not ask.
                if (answer === null)
                    return (await account(login)) === null ? 'none' : 'cannot-verify';
                return permissionFact(answer.data);
            }
            catch (error) {
                if (error instanceof errors_error/* WeighbridgeError */.kj && error.code === 'forge/forbidden')
                    return 'cannot-verify';
                throw error;
            }
        },
    };
}
const roles = ['admin', 'maintain', 'write', 'triage', 'read', 'none'];
/** `role_name` knows maintain and triage; a role of the organization's own falls back to the permission it builds on. */
function permissionFact(answer) {
    const known = (word) => roles.find((role) => role === word);
    return known(answer.role_name) ?? known(answer.permission) ?? 'cannot-verify';
}
async function readTeam(client, slug) {
    const [org = '', name = ''] = slug.split('/');
    const purpose = { action: `read the team ${slug}`, what: `team ${slug}`, needs: ['members: read'] };
    const remedy = 'Pass the token of a GitHub App that may read members of the organization, or list the people in the roster.';
    try {
        const members = await client.list(purpose, (octokit, { headers, per_page: perPage }) => {
            const team = { org, team_slug: name, per_page: perPage, headers: { ...headers } };
            return octokit.paginate.iterator('GET /orgs/{org}/teams/{team_slug}/members', team);
        });
        return { state: 'read', members: members.flatMap((member) => restActor(member) ?? []) };
    }
    catch (error) {
        if (!(error instanceof errors_error/* WeighbridgeError */.kj))
            throw error;
        if (error.code === 'forge/forbidden') {
            return { state: 'cannot-verify', because: `the token may not read the members of ${slug}`, remedy };
        }
        if (error.code !== 'forge/not-found')
            throw error;
        return { state: 'cannot-verify', because: await whyNoTeam(client, slug), remedy };
    }
}
/** Tells a team that is not there from one that the token may not see: whoever sees the others would see it too. */
async function whyNoTeam(client, slug) {
    const [org = ''] = slug.split('/');
    const purpose = { action: `list teams of ${org}`, what: `organization ${org}`, needs: ['members: read'] };
    try {
        await client.ask(purpose, (octokit, { headers }) => octokit.request('GET /orgs/{org}/teams', { headers, org, per_page: 1 }));
        return `there is no team ${slug}, or it is secret and the token may not see it`;
    }
    catch (error) {
        if (error instanceof errors_error/* WeighbridgeError */.kj && ['forge/forbidden', 'forge/not-found'].includes(error.code)) {
            return `the token may not read teams of ${org}`;
        }
        throw error;
    }
}
//# sourceMappingURL=people.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/protection-rules.js
const unprotected = {
    requiredChecks: [],
    requiredWorkflows: [],
    strict: false,
    forcePushBlocked: false,
    deletionBlocked: false,
    requiresPull: false,
    requiredApprovals: 0,
    dismissesStale: false,
    requiresOwners: false,
    linearHistory: false,
    mergeQueue: null,
    refuses: [],
};
/** Rules that an ordinary push by a job can fail on. https://docs.github.com/rest/repos/rules */
const refusing = new Set([
    'creation',
    'update',
    'required_signatures',
    'required_deployments',
    'commit_message_pattern',
    'commit_author_email_pattern',
    'committer_email_pattern',
    'branch_name_pattern',
    'tag_name_pattern',
    'file_path_restriction',
    'file_extension_restriction',
    'max_file_path_length',
    'max_file_size',
]);
/** What the rules of rulesets come to. */
function fromRules(rules) {
    return rules.map(fromRule).reduce(stricter, unprotected);
}
function fromRule(rule) {
    switch (rule.type) {
        case 'non_fast_forward':
            return { ...unprotected, forcePushBlocked: true };
        case 'deletion':
            return { ...unprotected, deletionBlocked: true };
        case 'required_linear_history':
            return { ...unprotected, linearHistory: true };
        case 'merge_queue':
            return { ...unprotected, mergeQueue: queueOf(rule.parameters ?? {}) };
        case 'pull_request': {
            const parameters = (rule.parameters ?? {});
            return {
                ...unprotected,
                requiresPull: true,
                requiredApprovals: parameters.required_approving_review_count ?? 0,
                dismissesStale: parameters.dismiss_stale_reviews_on_push ?? false,
                requiresOwners: parameters.require_code_owner_review ?? false,
            };
        }
        case 'required_status_checks': {
            const parameters = (rule.parameters ?? {});
            return {
                ...unprotected,
                strict: parameters.strict_required_status_checks_policy ?? false,
                requiredChecks: (parameters.required_status_checks ?? []).map(({ context, integration_id: app }) => ({
                    context,
                    source: sourceOf(app),
                })),
            };
        }
        case 'workflows': {
            const parameters = (rule.parameters ?? {});
            return {
                ...unprotected,
                requiredWorkflows: (parameters.workflows ?? []).map(({ path, repository_id: repository }) => `${repository}/${path}`),
            };
        }
        default:
            return refusing.has(rule.type) ? { ...unprotected, refuses: [rule.type] } : unprotected;
    }
}
/** What a rule does not say is taken for what GitHub sets by itself. */
function queueOf(parameters) {
    const { merge_method: method = 'MERGE', grouping_strategy: grouping = 'ALLGREEN' } = parameters;
    return {
        method: method === 'SQUASH' ? 'squash' : method === 'REBASE' ? 'rebase' : 'merge',
        everyGreen: grouping !== 'HEADGREEN',
    };
}
/** What classic protection comes to. A branch with it takes no force push and no deletion unless it says so. */
function fromClassic(protection) {
    const checks = protection.required_status_checks;
    const reviews = protection.required_pull_request_reviews;
    const listed = checks?.checks ?? (checks?.contexts ?? []).map((context) => ({ context, app_id: null }));
    return {
        ...unprotected,
        requiredChecks: listed.map(({ context, app_id: app }) => ({ context, source: sourceOf(app) })),
        strict: checks?.strict ?? false,
        forcePushBlocked: protection.allow_force_pushes?.enabled !== true,
        deletionBlocked: protection.allow_deletions?.enabled !== true,
        requiresPull: reviews !== undefined,
        requiredApprovals: reviews?.required_approving_review_count ?? 0,
        dismissesStale: reviews?.dismiss_stale_reviews ?? false,
        requiresOwners: reviews?.require_code_owner_reviews ?? false,
        linearHistory: protection.required_linear_history?.enabled === true,
        refuses: [
            ...(protection.required_signatures?.enabled === true ? ['required_signatures'] : []),
            ...(protection.lock_branch?.enabled === true ? ['lock_branch'] : []),
        ],
    };
}
/** Every layer of protection holds, so that of two the stricter counts. */
function stricter(left, right) {
    return {
        requiredChecks: mergedChecks([...left.requiredChecks, ...right.requiredChecks]),
        requiredWorkflows: [...new Set([...left.requiredWorkflows, ...right.requiredWorkflows])],
        strict: left.strict || right.strict,
        forcePushBlocked: left.forcePushBlocked || right.forcePushBlocked,
        deletionBlocked: left.deletionBlocked || right.deletionBlocked,
        requiresPull: left.requiresPull || right.requiresPull,
        requiredApprovals: Math.max(left.requiredApprovals, right.requiredApprovals),
        dismissesStale: left.dismissesStale || right.dismissesStale,
        requiresOwners: left.requiresOwners || right.requiresOwners,
        linearHistory: left.linearHistory || right.linearHistory,
        mergeQueue: left.mergeQueue ?? right.mergeQueue,
        refuses: [...new Set([...left.refuses, ...right.refuses])],
    };
}
/** One line for each context and source; a line that asks for no source says nothing beside one that does. */
function mergedChecks(checks) {
    const sourced = new Set(checks.filter(({ source }) => source !== null).map(({ context }) => context));
    const kept = checks.filter(({ context, source }) => source !== null || !sourced.has(context));
    const keys = kept.map(({ context, source }) => JSON.stringify([context, source]));
    return kept.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}
/** The app of the jobs of workflows on github.com: any workflow of the repository may report as it. */
const actionsApp = 15368;
/** Absent, null and -1 are all "anybody". */
function sourceOf(app) {
    if (app === null || app === undefined || app < 0)
        return null;
    return app === actionsApp ? 'github-actions' : String(app);
}
//# sourceMappingURL=protection-rules.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/rulesets.js

/** Rulesets for tags that are read; a repository has a few. */
const maxTagRulesets = 50;
/** A ruleset by its id, of an organization too; null when it is not there. @throws forge/forbidden */
async function readRuleset(client, id) {
    const answer = await client.find(purpose(`ruleset ${id}`), (octokit, at) => octokit.request('GET /repos/{owner}/{repo}/rulesets/{ruleset_id}', { ...at, ruleset_id: id }));
    if (answer === null)
        return null;
    const { name, target = '', rules = [], bypass_actors: actors, conditions } = answer.data;
    const refs = conditions !== null && conditions !== undefined && 'ref_name' in conditions ? conditions.ref_name : null;
    return {
        name,
        target,
        // A ruleset without conditions on refs holds for all of them.
        include: refs?.include ?? ['~ALL'],
        exclude: refs?.exclude ?? [],
        rules: rules.map(({ type }) => type),
        // Those who may not administer the repository get the ruleset without its bypass list.
        bypass: actors?.map(({ actor_type: type, actor_id: actor }) => actor === null || actor === undefined ? type : `${type} ${actor}`) ?? null,
    };
}
/** Every ruleset that is in force for tags, with those of the organization. */
async function readTagProtection(client) {
    const listed = await client.list(purpose('the rulesets'), (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/rulesets', { ...at, includes_parents: true, targets: 'tag' }));
    // Older servers know no `targets`.
    const active = listed.filter(({ target, enforcement }) => target === 'tag' && enforcement === 'active');
    if (active.length > maxTagRulesets)
        throw (0,errors_error/* weighbridgeError */.q)('forge/bound', { bound: `${maxTagRulesets} rulesets for tags` });
    const rulesets = [];
    for (const { id } of active) {
        const found = await readRuleset(client, id);
        if (found !== null)
            rulesets.push(found);
    }
    const hidden = rulesets.filter(({ bypass }) => bypass === null).map(({ name }) => name);
    return {
        rulesets: rulesets.map(({ target: _target, ...ruleset }) => ruleset),
        unknown: hidden.length === 0
            ? []
            : [`who may bypass the rulesets for tags (${hidden.join(', ')}): the token lacks administration: read`],
    };
}
function purpose(what) {
    return { action: `read ${what}`, what, needs: ['metadata: read'] };
}
//# sourceMappingURL=rulesets.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/protection.js



/** Classic protection and rulesets together. What the token may not read is named in `unknown`. */
async function readProtection(client, branch) {
    const unknown = [];
    const rules = await readRules(client, branch);
    const classic = await readClassic(client, branch, unknown);
    const rulesets = [...new Set(rules.flatMap(({ ruleset_id: id }) => (id === undefined ? [] : [id])))];
    const bypass = [...classic.bypass];
    for (const id of rulesets)
        bypass.push(...(await readBypass(client, id, unknown)));
    return {
        branch,
        ...stricter(fromRules(rules), classic.protecting),
        bypass: [...new Set(bypass)],
        unknown,
    };
}
/**
 * What must succeed before a change comes into a branch, in two requests: the rules of rulesets, and what the branch
 * itself says of the checks that its classic protection requires. Neither asks for administration.
 */
async function readBranchChecks(client, branch) {
    const rules = fromRules(await readRules(client, branch));
    const classic = await readBranch(client, branch);
    const { requiredChecks, requiredWorkflows } = stricter(rules, fromRules(classicChecks(classic)));
    return { branch, requiredChecks, requiredWorkflows, unknown: [] };
}
async function readRules(client, branch) {
    const purpose = {
        action: `read the rules of ${branch}`,
        what: `branch ${branch}`,
        needs: ['metadata: read'],
    };
    return client.list(purpose, (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/rules/branches/{branch}', { ...at, branch }));
}
/** The branch as whoever may read the repository sees it; null when it is not there. */
async function readBranch(client, branch) {
    const purpose = { action: `read branch ${branch}`, what: `branch ${branch}`, needs: ['contents: read'] };
    const answer = await client.find(purpose, (octokit, at) => octokit.request('GET /repos/{owner}/{repo}/branches/{branch}', { ...at, branch }));
    return answer?.data ?? null;
}
/** The checks of classic protection, in the form of a rule. */
function classicChecks(branch) {
    const { contexts = [], checks } = branch?.protection?.required_status_checks ?? {};
    const listed = checks ?? contexts.map((context) => ({ context, app_id: null }));
    const required = listed.map(({ context, app_id: app }) => ({
        context,
        ...(app === null ? {} : { integration_id: app }),
    }));
    return [{ type: 'required_status_checks', parameters: { required_status_checks: required } }];
}
async function readClassic(client, branch, unknown) {
    const purpose = {
        action: `read the protection of ${branch}`,
        what: `protection of ${branch}`,
        needs: ['administration: read'],
    };
    const answer = await unlessForbidden(() => client.find(purpose, (octokit, at) => octokit.request('GET /repos/{owner}/{repo}/branches/{branch}/protection', { ...at, branch })));
    if (answer !== null) {
        const { data } = answer;
        return {
            protecting: fromClassic(data),
            bypass: data.enforce_admins?.enabled === true ? [] : ['administrators (classic protection)'],
        };
    }
    // Refused or not there: GitHub says 404 without the permission as well. The branch tells whether there is protection.
    return { protecting: fromRules(await readSeen(client, branch, unknown)), bypass: [] };
}
/** What the branch itself tells of its classic protection. Only where it says that there is none, there is none. */
async function readSeen(client, branch, unknown) {
    const seen = await unlessForbidden(async () => ({ branch: await readBranch(client, branch) }));
    if (seen === null || (seen.branch !== null && seen.branch.protection?.enabled !== false))
        unknown.push(classicUnknown);
    return classicChecks(seen?.branch ?? null);
}
/** Null for what the token may not read. */
async function unlessForbidden(read) {
    try {
        return await read();
    }
    catch (error) {
        if (!(error instanceof errors_error/* WeighbridgeError */.kj) || error.code !== 'forge/forbidden')
            throw error;
        return null;
    }
}
const classicUnknown = 'classic protection of the branch: the token lacks administration: read';
/** Who may pass a ruleset; nobody, with a line in `unknown`, where that may not be seen. */
async function readBypass(client, ruleset, unknown) {
    const bypass = (await unlessForbidden(() => readRuleset(client, ruleset)))?.bypass ?? null;
    if (bypass === null)
        unknown.push(`who may bypass ruleset ${ruleset}: the token lacks administration: read`);
    return bypass ?? [];
}
//# sourceMappingURL=protection.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/pull/head-seen.js

/**
 * When the head came, at the latest: GitHub makes its first check suite when a commit is pushed. What a workflow's own
 * token pushes gets none until somebody's review starts a workflow, so that the suite is younger than the review; the
 * first status of the commit tells better then. It costs requests, and is asked for where it matters only.
 */
async function readHeadSeen(client, head, reviews) {
    const suite = await firstSuite(client, head);
    const first = reviews
        .flatMap(({ commit, submittedAt }) => (commit === head && submittedAt !== null ? [submittedAt] : []))
        .sort()[0];
    if (suite.missing !== null || first === undefined || (suite.at !== null && suite.at <= first))
        return suite;
    const status = await firstStatus(client, head);
    return { at: earliest([suite.at, status]), missing: null };
}
async function firstSuite(client, head) {
    const purpose = { action: `read checks of ${head}`, what: `commit ${head}`, needs: ['checks: read'] };
    const times = await head_seen_unlessForbidden(async () => {
        const suites = await client.list(purpose, (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/commits/{ref}/check-suites', { ...at, ref: head }));
        return suites.map(({ created_at: at }) => at);
    });
    return times === null
        ? { at: null, missing: 'when the head was first seen cannot be read: the token lacks checks: read' }
        : { at: earliest(times), missing: null };
}
async function firstStatus(client, head) {
    const purpose = { action: `read statuses of ${head}`, what: `commit ${head}`, needs: ['statuses: read'] };
    const times = await head_seen_unlessForbidden(async () => {
        const statuses = await client.list(purpose, (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/commits/{ref}/statuses', { ...at, ref: head }));
        return statuses.map(({ created_at: at }) => at);
    });
    return times === null ? null : earliest(times);
}
/** Null where the token may not. */
async function head_seen_unlessForbidden(ask) {
    try {
        return await ask();
    }
    catch (error) {
        if (error instanceof errors_error/* WeighbridgeError */.kj && error.code === 'forge/forbidden')
            return null;
        throw error;
    }
}
/** Of times as GitHub writes them: RFC 3339 in UTC, to the second. */
function earliest(times) {
    return times.filter((time) => time !== null).sort()[0] ?? null;
}
//# sourceMappingURL=head-seen.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/pull/snapshot.js


const listNames = ['reviews', 'timelineItems', 'commits', 'comments'];
const listWords = {
    reviews: 'reviews',
    timelineItems: 'events',
    commits: 'commits',
    comments: 'comments',
};
/** The most pages that one list may have here: 5,000 items. */
const maxPages = 50;
/** How often reading begins again because the head moved meanwhile. */
const maxRestarts = 3;
/**
 * Reads a pull request with its lists; a query asks for the next page of every list that is not at its end. All pages
 * are of one head: when it moves meanwhile, reading begins again. Null: there is no such pull request.
 */
async function readSnapshot(client, purpose, asked) {
    for (let restart = 0; restart < maxRestarts; restart++) {
        const snapshot = await readOnce(client, purpose, asked);
        if (snapshot !== 'moved')
            return snapshot;
    }
    const { action } = purpose;
    const reason = 'the head moved each time that it was read';
    throw (0,errors_error/* weighbridgeError */.q)('forge/unexpected', { address: client.address, action, reason });
}
async function readOnce(client, purpose, { number, comments }) {
    const nodes = { reviews: [], timelineItems: [], commits: [], comments: [] };
    const incomplete = new Set();
    const cursors = new Map(listNames.filter((name) => name !== 'comments' || comments).map((name) => [name, null]));
    let first;
    for (let page = 0; cursors.size > 0 && page < maxPages; page++) {
        const pull = await snapshot_readPage(client, purpose, { number, cursors, incomplete });
        if (pull === null)
            return null;
        first ??= pull;
        if (pull.headRefOid !== first.headRefOid)
            return 'moved';
        for (const name of listNames.filter((each) => cursors.has(each))) {
            const list = pull[name];
            nodes[name].push(...(list?.nodes ?? []));
            if (list?.pageInfo.hasNextPage === true)
                cursors.set(name, list.pageInfo.endCursor);
            else
                cursors.delete(name);
        }
    }
    if (first === undefined)
        return null;
    for (const name of cursors.keys())
        incomplete.add(`more than ${nodes[name].length} ${listWords[name]} were not read`);
    const seen = (name) => {
        const held = nodes[name].filter((node) => node !== null);
        if (held.length < nodes[name].length)
            incomplete.add(`the token may not see some of the ${listWords[name]}`);
        return held;
    };
    const commits = seen('commits').map(({ commit }) => commit);
    const total = first.commits?.totalCount ?? 0;
    if (total > commits.length)
        incomplete.add(`the forge lists ${commits.length} of ${total} commits`);
    if (commits.some(({ authors, parents }) => isCut(authors) || isCut(parents))) {
        incomplete.add('a commit has more authors or parents than are read');
    }
    return {
        pull: first,
        reviews: seen('reviews'),
        timeline: seen('timelineItems'),
        commits,
        comments: seen('comments'),
        incomplete: [...incomplete],
    };
}
function isCut(list) {
    return list.totalCount > (list.nodes?.length ?? 0);
}
async function snapshot_readPage(client, purpose, page) {
    const { cursors } = page;
    const { data, refused } = await client.query(purpose, pullQuery, {
        owner: client.owner,
        repo: client.repository.split('/')[1] ?? '',
        number: page.number,
        withReviews: cursors.has('reviews'),
        reviewsAfter: cursors.get('reviews') ?? null,
        withTimeline: cursors.has('timelineItems'),
        timelineAfter: cursors.get('timelineItems') ?? null,
        withCommits: cursors.has('commits'),
        commitsAfter: cursors.get('commits') ?? null,
        withComments: cursors.has('comments'),
        commentsAfter: cursors.get('comments') ?? null,
    });
    const { address } = client;
    for (const { path, type } of refused) {
        if (type === 'NOT_FOUND' && path === 'repository') {
            throw (0,errors_error/* weighbridgeError */.q)('forge/not-found', { address, what: 'such repository' });
        }
        if (type === 'NOT_FOUND' && path === 'repository.pullRequest')
            return null;
        // Which team was asked for a review is nobody's business here; everything else that is refused is missing.
        if (path.endsWith('.requestedReviewer'))
            continue;
        page.incomplete.add(`the token may not read ${clean(path)}`);
    }
    const { repository } = data;
    const pull = repository?.pullRequest ?? null;
    // What must not be null and was refused takes everything around it along.
    if (pull === null && refused.length > 0) {
        const permission = purpose.needs.join(' and ');
        throw (0,errors_error/* weighbridgeError */.q)('forge/forbidden', { address, action: purpose.action, permission });
    }
    return pull;
}
/** A path of our own query; anything else in its place is not repeated. */
function clean(path) {
    return /^[A-Za-z.]{1,120}$/.test(path) ? path.replace(/^repository\.pullRequest\./, '') : 'a part of it';
}
//# sourceMappingURL=snapshot.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/pull/read-pull.js





const states = { OPEN: 'open', CLOSED: 'closed', MERGED: 'merged' };
/**
 * Reads everything that the rules of review rest on: one query per hundred of the longest list, one request per hundred
 * files, and one for the check suites of the head.
 */
async function readPull(client, number, { comments, files: withFiles = true }) {
    const purpose = {
        action: `read pull request ${number}`,
        what: `pull request ${number}`,
        needs: ['pull-requests: read', 'contents: read'],
    };
    const snapshot = await readSnapshot(client, purpose, { number, comments });
    if (snapshot === null)
        return null;
    const { pull } = snapshot;
    const files = withFiles ? await readFiles(client, purpose, number) : [];
    const reviews = snapshot.reviews.map(reviewFact);
    const seen = await readHeadSeen(client, pull.headRefOid, reviews);
    const missing = withFiles ? missingFiles(files.length, pull.changedFiles) : [];
    const incomplete = [...snapshot.incomplete, ...missing];
    if (seen.missing !== null)
        incomplete.push(seen.missing);
    return {
        number,
        url: pull.url,
        title: pull.title,
        state: states[pull.state],
        draft: pull.isDraft,
        author: graphActor(pull.author),
        openedAt: pull.createdAt,
        base: { ref: pull.baseRefName, commit: pull.baseRefOid },
        head: {
            ref: pull.headRefName,
            commit: pull.headRefOid,
            repository: pull.headRepository?.nameWithOwner ?? null,
            fork: pull.isCrossRepository,
        },
        headSeenAt: seen.at,
        merged: mergeOf(pull),
        reviews: reviews.sort((left, right) => (left.submittedAt ?? '9').localeCompare(right.submittedAt ?? '9')),
        timeline: snapshot.timeline.flatMap(eventFact),
        commits: snapshot.commits.map(commitFact),
        comments: snapshot.comments.map(commentFact),
        files,
        incomplete,
    };
}
function mergeOf({ state, mergeCommit, mergedAt, mergedBy }) {
    if (state !== 'MERGED' || mergeCommit === null || mergedAt === null)
        return null;
    return { commit: mergeCommit.oid, by: graphActor(mergedBy), at: mergedAt };
}
const changes = {
    added: 'added',
    copied: 'added',
    removed: 'removed',
    renamed: 'renamed',
};
/** Files by REST, because GraphQL tells neither the path before a rename nor the blob. */
async function readFiles(client, purpose, number) {
    const files = await client.list(purpose, (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', { ...at, pull_number: number }), 
    // A page after the last file that GitHub lists is never asked for.
    (items) => items.length >= githubLimits.filesOfPull);
    return files.map((file) => ({
        path: file.filename,
        previousPath: file.previous_filename ?? null,
        change: changes[file.status] ?? 'modified',
        blob: file.status === 'removed' ? null : file.sha,
    }));
}
function missingFiles(read, changed) {
    return changed > read ? [`the forge lists ${read} of ${changed} files`] : [];
}
//# sourceMappingURL=read-pull.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/pull/summaries.js
const summaries_purpose = {
    action: 'list pull requests',
    what: 'such repository',
    needs: ['pull-requests: read'],
};
/** Pull requests in a few words each. */
function pullSummaries(client) {
    const ofCommit = async (commit) => {
        const about = {
            action: `list pull requests of ${commit}`,
            what: `commit ${commit}`,
            needs: ['pull-requests: read', 'contents: read'],
        };
        return client.list(about, (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', { ...at, commit_sha: commit }));
    };
    return {
        async pullHead(number) {
            const about = { ...summaries_purpose, action: `read pull request ${number}`, what: `pull request ${number}` };
            const answer = await client.find(about, (octokit, at) => octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...at, pull_number: number }));
            return answer === null ? null : summary(answer.data);
        },
        async pullsAtHead(commit) {
            const pulls = await ofCommit(commit);
            return pulls.filter(({ state, head }) => state === 'open' && head.sha === commit).map(summary);
        },
        async openPulls(limit) {
            const pulls = await client.list(summaries_purpose, (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/pulls', {
                ...at,
                per_page: Math.min(limit, at.per_page),
                state: 'open',
                sort: 'updated',
                direction: 'desc',
            }), (items) => items.length >= limit);
            return pulls.slice(0, limit).map(summary);
        },
        async pullsOfCommit(commit) {
            const pulls = await ofCommit(commit);
            return pulls.filter(({ merged_at: mergedAt }) => mergedAt !== null).map(summary);
        },
        async pullsFrom({ repository, branch, commit }) {
            const [owner = ''] = repository.split('/');
            const pulls = await client.list(summaries_purpose, (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/pulls', {
                ...at,
                state: 'open',
                head: `${owner}:${branch}`,
            }));
            const same = (name) => name?.toLowerCase() === repository.toLowerCase();
            return pulls.filter(({ head }) => head.sha === commit && same(head.repo?.full_name)).map(summary);
        },
    };
}
function summary(pull) {
    return {
        number: pull.number,
        state: pull.merged_at !== null ? 'merged' : pull.state === 'open' ? 'open' : 'closed',
        draft: pull.draft ?? false,
        base: { ref: pull.base.ref, commit: pull.base.sha },
        head: { ref: pull.head.ref, commit: pull.head.sha, repository: pull.head.repo?.full_name ?? null },
        updatedAt: pull.updated_at,
    };
}
//# sourceMappingURL=summaries.js.map
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./packages/forges/build/github/releases/assets.js


/** Brings files into a release: those that are there with the same bytes stay, others of their name are replaced. */
async function bringAssets(client, purpose, release, assets) {
    const held = assets.length === 0 ? [] : await listAssets(client, purpose, release);
    const outcomes = [];
    for (const asset of assets) {
        const there = held.find(({ name }) => name === asset.name) ?? null;
        outcomes.push({ name: asset.name, outcome: await bringAsset(client, purpose, { release, asset, there }) });
    }
    return outcomes;
}
function listAssets(client, purpose, release) {
    return client.list(purpose, (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/releases/{release_id}/assets', {
        ...at,
        release_id: release.id,
    }));
}
async function bringAsset(client, purpose, moved) {
    const { release, asset, there } = moved;
    if (there !== null && isSame(there, asset))
        return 'same';
    if (release.immutable === true)
        return 'kept';
    let known = there === null ? [] : [there];
    const look = async () => {
        const now = (known ?? (await listAssets(client, purpose, release))).find(({ name }) => name === asset.name);
        known = null;
        if (now === undefined || isSame(now, asset))
            return now ?? null;
        await client.find(purpose, (octokit, at) => octokit.request('DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}', { ...at, asset_id: now.id }));
        return null;
    };
    await createOnce(look, () => upload(client, purpose, release, asset));
    return there === null ? 'added' : 'replaced';
}
async function upload(client, purpose, release, { name, mediaType, bytes }) {
    const { data } = await client.ask(purpose, (octokit, { headers }) => octokit.request({
        method: 'POST',
        url: release.upload_url,
        ...onlyOnce,
        headers: { ...headers, 'content-type': mediaType },
        name,
        // octokit sends bytes as they are when they are all that is left of the parameters.
        data: bytes,
    }));
    return data;
}
function isSame({ state, size, digest }, { bytes }) {
    return state === 'uploaded' && size === bytes.length && digest === digestOf(bytes);
}
function digestOf(bytes) {
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex')}`;
}
//# sourceMappingURL=assets.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/releases/find-release.js

/**
 * The release of a tag: the published one, else a draft among the newest. Drafts have no address by tag, and two of them
 * may name the same.
 */
async function findRelease(client, purpose, tag) {
    const published = await client.find(purpose, (octokit, at) => octokit.request('GET /repos/{owner}/{repo}/releases/tags/{tag}', { ...at, tag }));
    if (published !== null)
        return published.data;
    const isOurs = (release) => release.tag_name === tag;
    const newest = await client.list(purpose, (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/releases', at), (items) => items.length >= githubLimits.releasesSearched || items.some(isOurs));
    return newest.find(isOurs) ?? null;
}
/** Tags of those of the newest releases that are published, of at most so many. */
async function readReleasedTags(client, limit) {
    const purpose = { action: 'list releases', what: 'list of releases', needs: ['contents: read'] };
    const newest = await client.list(purpose, (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/releases', at), (items) => items.length >= limit);
    return new Set(newest.slice(0, limit).flatMap(({ draft, tag_name: tag }) => (draft ? [] : [tag])));
}
//# sourceMappingURL=find-release.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/releases/require-tag.js

/** Tags of tags that are followed. */
const maxPeeled = 5;
/**
 * A tag that the forge has, and that leads to the commit where one is asked for: names say nothing, since who moves a tag
 * keeps its name. @throws forge/not-found, forge/tag-elsewhere
 */
async function requireTag(client, purpose, { tag, commit }) {
    const asked = { ...purpose, what: `tag ${tag}` };
    const { data } = await client.ask(asked, (octokit, at) => octokit.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...at, ref: `tags/${tag}` }));
    const { address } = client;
    if (data.ref !== `refs/tags/${tag}`)
        throw (0,errors_error/* weighbridgeError */.q)('forge/not-found', { address, what: asked.what });
    if (commit === null)
        return;
    const found = await peel(client, asked, data.object);
    if (found.type === 'commit' && found.sha === commit)
        return;
    const at = `${found.type === 'commit' ? '' : `the ${found.type} `}${found.sha.slice(0, 12)}`;
    throw (0,errors_error/* weighbridgeError */.q)('forge/tag-elsewhere', { address, tag, at, commit: commit.slice(0, 12) });
}
/** What an annotated tag stands for in the end; anything else as it is. */
async function peel(client, purpose, object) {
    let found = object;
    for (let peeled = 0; found.type === 'tag' && peeled < maxPeeled; peeled++) {
        const { sha } = found;
        const { data } = await client.ask(purpose, (octokit, at) => octokit.request('GET /repos/{owner}/{repo}/git/tags/{tag_sha}', { ...at, tag_sha: sha }));
        found = data.object;
    }
    return found;
}
//# sourceMappingURL=require-tag.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/releases/publish-release.js




/** Releases with their files: a draft until all of it is there. */
function releases(client) {
    return {
        releasedTags: (limit) => readReleasedTags(client, limit),
        async publishRelease(request) {
            const { tag } = request;
            const purpose = { action: `release ${tag}`, what: `release of ${tag}`, needs: ['contents: write'] };
            const { made, outcome } = await createOnce(() => findRelease(client, purpose, tag), () => createDraft(client, purpose, request));
            if (outcome === 'present' && isLeft(made, request))
                return { url: made.html_url, outcome: 'left', draft: true, assets: [] };
            const assets = await bringAssets(client, purpose, made, request.assets);
            const isCreated = outcome === 'created';
            const told = await finish(client, purpose, request, { release: made, isCreated });
            const changed = told.changed || assets.some(({ outcome: what }) => what === 'added' || what === 'replaced');
            const { release } = told;
            return {
                url: release.html_url,
                outcome: isCreated ? 'created' : changed ? 'updated' : 'same',
                draft: release.draft,
                assets,
            };
        },
    };
}
/** Whether it is a draft that this run was not asked to publish, and that none of ours left unfinished. */
function isLeft({ draft, body }, request) {
    return draft && !request.draft && request.leavesDrafts && body?.includes(request.unfinished) !== true;
}
/** A draft is seen by nobody but those who may write. Publishing one whose tag is missing would make the tag. */
async function createDraft(client, purpose, request) {
    await requireTag(client, purpose, request);
    const notes = request.notes(null);
    const { data } = await client.ask(purpose, (octokit, at) => octokit.request('POST /repos/{owner}/{repo}/releases', {
        ...at,
        ...onlyOnce,
        tag_name: request.tag,
        name: request.title,
        body: request.draft ? notes : `${notes}\n\n${request.unfinished}`,
        draft: true,
        prerelease: request.prerelease,
    }));
    return data;
}
/** Writes what differs, and publishes. */
async function finish(client, purpose, request, { release, isCreated }) {
    const publishes = release.draft && !request.draft;
    const body = request.notes(isCreated ? null : (release.body ?? '').replaceAll('\r\n', '\n'));
    const same = release.name === request.title && release.prerelease === request.prerelease && publish_release_sameText(release.body ?? '', body);
    if (same && !publishes)
        return { release, changed: false };
    if (publishes)
        await requireTag(client, purpose, request);
    // GitHub refuses both together.
    const isLatest = request.latest && !request.prerelease;
    const { data } = await client.ask(purpose, (octokit, at) => octokit.request('PATCH /repos/{owner}/{repo}/releases/{release_id}', {
        ...at,
        release_id: release.id,
        name: request.title,
        body,
        prerelease: request.prerelease,
        ...(publishes ? { draft: false, make_latest: isLatest ? 'true' : 'false' } : {}),
    }));
    return { release: data, changed: true };
}
/** GitHub may answer with other line ends than it was given. */
function publish_release_sameText(left, right) {
    return left.replaceAll('\r\n', '\n').trimEnd() === right.replaceAll('\r\n', '\n').trimEnd();
}
//# sourceMappingURL=publish-release.js.map
// EXTERNAL MODULE: ./packages/core/build/digest.js
var digest = __webpack_require__(70120);
;// CONCATENATED MODULE: ./packages/forges/build/github/runs.js




/** Runs of workflows and what they kept. */
function workflowRuns(client) {
    const about = (what) => ({ action: `read ${what}`, what, needs: ['actions: read'] });
    return {
        async run(id) {
            const answer = await client.find(about(`run ${id}`), (octokit, at) => octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', { ...at, run_id: idOf(id) }));
            return answer === null ? null : workflowRun(answer.data);
        },
        async runsAt({ workflow, commit, limit }) {
            const file = /^\.github\/workflows\/([^/]+)$/.exec(workflow)?.[1];
            if (file === undefined)
                return { runs: [], complete: true };
            try {
                const listed = await client.list(about(`runs of ${file}`), (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', {
                    ...at,
                    workflow_id: file,
                    head_sha: commit,
                    per_page: Math.min(limit + 1, githubLimits.pageSize),
                }), (found) => found.length > limit);
                // A workflow that took the place of another has runs of the other, too.
                const runs = listed.map(workflowRun).filter((run) => run.workflowPath === workflow && run.commit === commit);
                return { runs: runs.slice(0, limit), complete: runs.length <= limit };
            }
            catch (error) {
                if (error instanceof errors_error/* WeighbridgeError */.kj && error.code === 'forge/not-found')
                    return { runs: [], complete: true };
                throw error;
            }
        },
        async runArtifacts(run) {
            const artifacts = await client.list(about(`artifacts of run ${run}`), (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts', {
                ...at,
                run_id: idOf(run),
            }));
            return artifacts.map(runArtifact);
        },
        async downloadArtifact(artifact, maxBytes) {
            const purpose = about(`artifact ${artifact}`);
            const { data } = await client.ask(purpose, (octokit, at) => octokit.request('GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}', {
                ...at,
                artifact_id: idOf(artifact),
            }));
            const { sizeBytes, expired, digest } = runArtifact(data);
            if (expired)
                throw (0,errors_error/* weighbridgeError */.q)('forge/artifact-expired', { artifact: data.name });
            if (sizeBytes > maxBytes) {
                throw (0,errors_error/* weighbridgeError */.q)('forge/too-large', { what: `artifact ${artifact}`, sizeBytes, maxBytes });
            }
            const { headers } = await client.ask(purpose, (octokit, at) => octokit.request('GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}', {
                ...at,
                artifact_id: idOf(artifact),
                archive_format: 'zip',
                request: { redirect: 'manual' },
            }));
            const bytes = await client.download(purpose, headers.location ?? '', maxBytes);
            if (digest !== null && digest !== runs_digestOf(bytes)) {
                const reason = 'the archive has other bytes than its digest says';
                throw (0,errors_error/* weighbridgeError */.q)('forge/unexpected', { address: client.address, action: purpose.action, reason });
            }
            return bytes;
        },
    };
}
function workflowRun(run) {
    return {
        id: String(run.id),
        attempt: run.run_attempt ?? 1,
        url: run.html_url,
        workflowPath: run.path.replace(/@.*$/, ''),
        event: run.event,
        commit: run.head_sha,
        branch: run.head_branch,
        headRepository: run.head_repository?.full_name ?? null,
        status: run.status === 'completed' ? 'completed' : 'running',
        conclusion: run.conclusion,
        actor: restActor(run.actor),
        startedAt: run.run_started_at ?? run.created_at,
        pulls: (run.pull_requests ?? []).map(({ number }) => number),
    };
}
function runArtifact(artifact) {
    return {
        id: String(artifact.id),
        name: artifact.name,
        sizeBytes: artifact.size_in_bytes,
        digest: knownDigest(artifact.digest),
        expired: artifact.expired,
    };
}
function knownDigest(text) {
    return text !== null && text !== undefined && /^sha256:[0-9a-f]{64}$/.test(text) ? (0,digest/* parseDigest */.m)(text) : null;
}
function runs_digestOf(bytes) {
    return (0,digest/* formatDigest */.MO)((0,external_node_crypto_.createHash)('sha256').update(bytes).digest());
}
/** Ids are whole numbers; anything else names nothing. */
function idOf(text) {
    return /^[0-9]{1,15}$/.test(text) ? Number(text) : 0;
}
//# sourceMappingURL=runs.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/self.js

/** Who the token acts as, asked once. */
function readSelf(client) {
    let asked;
    return () => (asked ??= askSelf(client));
}
async function askSelf(client) {
    const purpose = { action: 'ask who the token acts as', what: 'such account', needs: [] };
    const { data } = await client.query(purpose, viewerQuery, {});
    const { viewer } = data;
    return { id: String(viewer.databaseId ?? ''), login: viewer.login };
}
//# sourceMappingURL=self.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/read-time.js
/** The time that GitHub writes on its answers (RFC 9110, Date), to the second. */
async function readTime(client) {
    const purpose = { action: 'ask what time it is', what: 'such repository', needs: ['metadata: read'] };
    const { headers } = await client.ask(purpose, (octokit, at) => octokit.request('GET /repos/{owner}/{repo}', { ...at }));
    const timeMs = Date.parse(headers.date ?? '');
    return Number.isNaN(timeMs) ? null : new Date(timeMs);
}
//# sourceMappingURL=read-time.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/token-permissions.js

/** An object id that no repository holds: a write that names it is refused after the permission was looked at. */
const noCommit = '0'.repeat(40);
/**
 * What the token may do, found without writing anything. The token of a person has the rights of that person. For
 * others, statuses and contents are probed with a write about a commit that cannot exist, which GitHub refuses with 403
 * without the permission and otherwise for the commit; the rest with a read, which tells `none` or nothing.
 */
async function readTokenPermissions(client, own) {
    return {
        metadata: 'read',
        contents: await probe(client, 'create a branch', async (octokit, at) => {
            const ref = 'refs/heads/weighbridge-no-such-branch';
            await octokit.request('POST /repos/{owner}/{repo}/git/refs', { ...at, ref, sha: noCommit });
        }),
        statuses: await probe(client, 'set a status', async (octokit, at) => {
            await octokit.request('POST /repos/{owner}/{repo}/statuses/{sha}', { ...at, sha: noCommit, state: 'pending' });
        }),
        'pull-requests': await look(client, 'list pull requests', own, async (octokit, at) => {
            await octokit.request('GET /repos/{owner}/{repo}/pulls', { ...at, per_page: 1 });
        }),
        checks: await look(client, 'read checks', own, async (octokit, at) => {
            await octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-suites', {
                ...at,
                ref: 'HEAD',
                per_page: 1,
            });
        }),
        actions: await look(client, 'list workflow runs', own, async (octokit, at) => {
            await octokit.request('GET /repos/{owner}/{repo}/actions/runs', { ...at, per_page: 1 });
        }),
        issues: await look(client, 'list issues', own, async (octokit, at) => {
            await octokit.request('GET /repos/{owner}/{repo}/issues', { ...at, per_page: 1 });
        }),
    };
}
async function probe(client, action, request) {
    const refusal = await ask(client, action, request);
    // 422 and 404 are about the commit; a success would be about nothing that exists.
    if (refusal === 'forge/unexpected' || refusal === 'forge/not-found' || refusal === null)
        return 'write';
    return refusal === 'forge/forbidden' ? 'none' : 'unknown';
}
async function look(client, action, own, request) {
    const refusal = await ask(client, action, request);
    if (refusal === 'forge/forbidden' || refusal === 'forge/not-found')
        return 'none';
    if (refusal !== null)
        return 'unknown';
    const isPerson = /^(ghp|gho|ghu)_/.test(client.token);
    return isPerson && own?.push === true ? 'write' : isPerson && own?.pull === true ? 'read' : 'unknown';
}
async function ask(client, action, request) {
    const purpose = { action, what: 'such commit', needs: [] };
    try {
        await client.ask(purpose, request);
        return null;
    }
    catch (error) {
        if (error instanceof errors_error/* WeighbridgeError */.kj)
            return error.code;
        throw error;
    }
}
//# sourceMappingURL=token-permissions.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/setting.js


/** The repository's own setting, as far as the token may read it. */
async function readSetting(client, self) {
    const { data } = await client.ask(setting_purpose('the repository', 'metadata: read'), (octokit, at) => octokit.request('GET /repos/{owner}/{repo}', { ...at }));
    const workflow = await unlessRefused(() => client.find(setting_purpose('settings of workflows', 'administration: read'), (octokit, at) => octokit.request('GET /repos/{owner}/{repo}/actions/permissions/workflow', { ...at })));
    const secrets = await unlessRefused(() => client.list(setting_purpose('names of secrets', 'secrets: read'), (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/actions/secrets', at)));
    return {
        id: String(data.id),
        name: data.full_name,
        visibility: visibilityOf(data.visibility, data.private),
        defaultBranch: data.default_branch,
        url: data.html_url,
        tokenKind: await readKind(client, self),
        tokenPermissions: await readTokenPermissions(client, data.permissions),
        environments: await readEnvironments(client),
        secrets: secrets?.map(({ name }) => name) ?? null,
        workflowsMayApprove: workflow?.data.can_approve_pull_request_reviews ?? null,
    };
}
async function readEnvironments(client) {
    const environments = await unlessRefused(() => client.list(setting_purpose('environments', 'actions: read'), (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/environments', at)));
    return Promise.all((environments ?? []).map(async ({ name, protection_rules: rules = [], deployment_branch_policy: policy }) => {
        const secrets = await unlessRefused(() => client.list(setting_purpose(`names of secrets of ${name}`, 'environments: read'), (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/environments/{environment_name}/secrets', {
            ...at,
            environment_name: name,
        })));
        return {
            name,
            reviewers: rules.reduce((sum, rule) => sum + ('reviewers' in rule ? (rule.reviewers?.length ?? 0) : 0), 0),
            branches: branchesOf(policy),
            secrets: secrets?.map((secret) => secret.name) ?? null,
        };
    }));
}
function branchesOf(policy) {
    if (policy === null || policy === undefined)
        return 'all';
    return policy.protected_branches ? 'protected' : 'custom';
}
function visibilityOf(visibility, isPrivate) {
    if (visibility === 'public' || visibility === 'private' || visibility === 'internal')
        return visibility;
    return isPrivate ? 'private' : 'public';
}
/**
 * Prefixes tell tokens of people from those of installations, and the account of the latter whether it is a workflow's.
 * https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
 */
async function readKind({ token }, self) {
    if (/^(ghp|gho|ghu)_|^github_pat_/.test(token))
        return 'user';
    if (!token.startsWith('ghs_'))
        return 'unknown';
    return (await self()).login === 'github-actions[bot]' ? 'actions' : 'app';
}
/** Null for what the token may not read or the server does not have. */
async function unlessRefused(read) {
    try {
        return await read();
    }
    catch (error) {
        if (error instanceof errors_error/* WeighbridgeError */.kj && ['forge/forbidden', 'forge/not-found'].includes(error.code))
            return null;
        throw error;
    }
}
function setting_purpose(what, ...needs) {
    return { action: `read ${what}`, what, needs };
}
//# sourceMappingURL=setting.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/statuses.js



/** Commit statuses: flat, by commit and context, the newest counts. */
function statuses(client) {
    return {
        async setStatus(status) {
            const { commit, context, state, url } = status;
            const purpose = { action: 'set a status', what: `commit ${commit}`, needs: ['statuses: write'] };
            const { data } = await client.ask(purpose, (octokit, at) => octokit.request('POST /repos/{owner}/{repo}/statuses/{sha}', {
                ...at,
                sha: commit,
                state,
                context,
                description: shortened(status.description),
                ...(url === null ? {} : { target_url: url }),
            }));
            if (data.context === context && data.state === state)
                return;
            const reason = 'it names another status than the one that was set';
            throw (0,errors_error/* weighbridgeError */.q)('forge/unexpected', { address: client.address, action: purpose.action, reason });
        },
        async status(commit, context) {
            const purpose = {
                action: `read statuses of ${commit}`,
                what: `commit ${commit}`,
                needs: ['statuses: read'],
            };
            const same = (each) => each.context === context;
            const found = await client.list(purpose, (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/commits/{ref}/statuses', { ...at, ref: commit }), (items) => items.some(same));
            const latest = found.find(same);
            if (latest === undefined)
                return null;
            return {
                commit,
                context,
                state: latest.state,
                description: latest.description ?? '',
                url: latest.target_url ?? null,
                creator: restActor(latest.creator),
                at: latest.created_at,
            };
        },
    };
}
/** At most 140 characters, cut at a word, with an ellipsis that says so. */
function shortened(text, limit = githubLimits.statusDescription) {
    if (text.length <= limit)
        return text;
    const cut = text.slice(0, limit - 1);
    const word = cut.lastIndexOf(' ');
    const kept = word > limit / 2 ? cut.slice(0, word) : cut.replace(/[\uD800-\uDBFF]$/, '');
    return `${kept.replace(/[\s,;:.]+$/, '')}…`;
}
//# sourceMappingURL=statuses.js.map
;// CONCATENATED MODULE: ./packages/forges/build/github/open-github.js



















/**
 * Opens a repository on GitHub. Nothing is loaded or asked before the first method is called.
 * @throws forge/repository, forge/no-token
 */
function openGitHub(options) {
    if (!/^[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+$/.test(options.repository)) {
        throw (0,errors_error/* weighbridgeError */.q)('forge/repository', { repository: options.repository });
    }
    if (options.token === '')
        throw (0,errors_error/* weighbridgeError */.q)('forge/no-token', {});
    const count = { requests: 0 };
    const client = openClient({
        ...options,
        fetch: options.fetch,
        proxy: options.proxy ?? {},
        bounds: { ...defaultBounds, ...options.bounds },
        secondMs: options.secondMs ?? 1000,
        count,
    });
    const self = readSelf(client);
    const selfId = async () => (await self()).id;
    const forge = {
        address: client.address,
        pull: (number, question) => readPull(client, number, question),
        checks: (commit) => readChecks(client, commit),
        protection: (branch) => readProtection(client, branch),
        branchChecks: (branch) => readBranchChecks(client, branch),
        tagProtection: () => readTagProtection(client),
        setting: () => readSetting(client, self),
        time: () => readTime(client),
        ...pullSummaries(client),
        ...history_history(client),
        ...statuses(client),
        ...stickyComments(client, selfId),
        ...openings(client, selfId),
        ...releases(client),
        ...people(client),
        ...workflowRuns(client),
        ...attestations(client),
    };
    return { ...guarded(forge), requests: () => count.requests };
}
/** An answer of another shape than GitHub's meets our code as a TypeError: it says so, and nothing of the answer. */
function guarded(forge) {
    const methods = Object.entries(forge).filter(([, member]) => typeof member === 'function');
    const wrapped = methods.map(([name, method]) => [
        name,
        async (...args) => {
            try {
                return await method(...args);
            }
            catch (cause) {
                if (!(cause instanceof TypeError))
                    throw cause;
                const action = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
                const reason = 'a part of the answer is missing or of another kind';
                throw (0,errors_error/* weighbridgeError */.q)('forge/unexpected', { address: forge.address, action, reason }, { cause });
            }
        },
    ]);
    return { ...forge, ...Object.fromEntries(wrapped) };
}
//# sourceMappingURL=open-github.js.map
;// CONCATENATED MODULE: ./packages/forges/build/index.js



//# sourceMappingURL=index.js.map

/***/ })

};
