/** Pinned to the commit of a release: a tag can be moved, a commit cannot. */
export const checkout = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0';

/** Our own actions, by the tag of their major version; a team pins the commit of the release that it trusts. */
export const weighbridge = 'weighbridge-dev/weighbridge';

/** Steps that check out without leaving a token behind for what runs later. */
export const checkoutStep = `      - uses: ${checkout}
        with:
          persist-credentials: false`;

export const storeRunner = '# a folder store needs a self-hosted runner with a folder that stays';
export const keyEnvironment =
  '# holds the signing key; limit it to the default branch and to version tags, and add reviewers if you like';
