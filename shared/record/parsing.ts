/**
 * How saxes reads what others wrote: XML 1.0 whatever a document declares, for receivers read nothing else.
 *
 * A parser with these gets six handlers and no more: a seventh property set by its name makes it four times as slow,
 * because V8 then keeps them all in a dictionary.
 */
export const PARSING = {
  xmlns: true,
  position: false,
  defaultXMLVersion: '1.0',
  forceXMLVersion: true,
} as const;
