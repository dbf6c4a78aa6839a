export const id = 4360;
export const ids = [4360];
export const modules = {

/***/ 24360:
/***/ (function (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openOctokit: () => (/* binding */ openOctokit)
/* harmony export */ });
/* harmony import */ var _octokit_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2012);
/* harmony import */ var _octokit_plugin_paginate_rest__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(93779);
/* harmony import */ var _octokit_plugin_retry__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(49735);
/* harmony import */ var _octokit_plugin_throttling__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(86856);
/* harmony import */ var _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49302);





/** Statuses that asking again does not change; those of rate limits are the throttling plugin's. */
const finalStatuses = [400, 401, 403, 404, 409, 410, 415, 422, 429, 451];
/**
 * Octokit's core with the plugins for paging, for trying again and for rate limits: 72 KB minified. With the generated
 * endpoint methods of @octokit/rest it would be 156 KB, by way of @actions/github 622 KB, for the same routes with the
 * same types.
 */
function openOctokit({ token, apiUrl, fetch, bounds, secondMs }) {
    const budget = waitBudget(bounds.waitSeconds);
    const within = (seconds) => budget.take(seconds);
    /** Innermost, so that it sees every try: the pauses of the retry plugin count as waiting too. */
    const countPauses = (octokit) => {
        octokit.hook.error('request', (error, options) => {
            const { retryCount: tries = 0 } = (options.request ?? {});
            const status = 'status' in error ? error.status : 0;
            const again = status >= 500 && tries < bounds.retries;
            // A bound of ours is no failure of the forge: asking again would meet it again.
            const final = error.cause instanceof _weighbridge_core__WEBPACK_IMPORTED_MODULE_0__/* .WeighbridgeError */ .kj;
            if (final || (again && !within((tries + 1) ** 2)))
                options.request = { ...options.request, retries: 0 };
            throw error;
        });
    };
    const Client = _octokit_core__WEBPACK_IMPORTED_MODULE_1__/* .Octokit */ .E.plugin(countPauses, _octokit_plugin_paginate_rest__WEBPACK_IMPORTED_MODULE_2__/* .paginateRest */ .ud, _octokit_plugin_retry__WEBPACK_IMPORTED_MODULE_3__/* .retry */ .L, _octokit_plugin_throttling__WEBPACK_IMPORTED_MODULE_4__/* .throttling */ .A);
    return new Client({
        auth: token,
        baseUrl: apiUrl.replace(/\/+$/, ''),
        userAgent: 'weighbridge',
        request: { fetch },
        log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
        retry: { retries: bounds.retries, doNotRetry: finalStatuses, retryAfterBaseValue: secondMs },
        throttle: {
            onRateLimit: within,
            onSecondaryRateLimit: within,
            retryAfterBaseValue: secondMs,
            ...(secondMs < 1000 ? unpaced : {}),
        },
    });
}
/** Seconds of waiting that are left, over all requests. */
function waitBudget(seconds) {
    let left = seconds;
    return {
        take(wanted) {
            if (wanted > left)
                return false;
            left -= wanted;
            return true;
        },
    };
}
/** Takes the place of the pauses of a second between two writes, where seconds are short. */
const unpacedGroup = {
    key: () => ({
        schedule: (_options, task, ...args) => task(...args),
    }),
};
const unpaced = { write: unpacedGroup, notifications: unpacedGroup };
function ignore() {
    // The client has nothing to say: what fails is thrown.
}
//# sourceMappingURL=octokit.js.map

/***/ })

};
