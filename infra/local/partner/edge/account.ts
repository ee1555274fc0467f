/** How a HISP and its customer know each other on this machine. */

/** The client by which it calls us. */
export const HISP_CLIENT = 'local-hisp';

/** How we log in there. */
export const HISP_LOGIN = { user: 'example-health', password: 'only on this machine' } as const;
