/** An object identifier in dotted form, as the source of a pattern. */
export const OID = String.raw`[0-2](?:\.(?:0|[1-9][0-9]*))+`;
/** A UUID in lower case, as the source of a pattern. */
export const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const WHOLE_OID = new RegExp(`^${OID}$`);
const WHOLE_UUID = new RegExp(`^${UUID}$`, 'i');

export const isOid = (text: string): boolean => WHOLE_OID.test(text);
/** In either case. */
export const isUuid = (text: string): boolean => WHOLE_UUID.test(text);
