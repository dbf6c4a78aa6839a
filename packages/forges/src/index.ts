export { type GitHubBounds, defaultBounds } from './github/bounds.js';
export { type GitHubForge, type GitHubOptions, openGitHub } from './github/open-github.js';
export { type MethodPermission, type TokenPermission, githubPermissions } from './github/permissions.js';
export type { ProxySetting } from './github/transport.js';
