/**
 * Only Node explores orders. A file of its own, so that results of claims that
 * do not import it are not older than it.
 */
export function eachOf(): void {}
