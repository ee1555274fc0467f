/** What Node itself takes to load a module. */
export const nothing = true;
