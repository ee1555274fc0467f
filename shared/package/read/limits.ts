const MIB = 1024 * 1024;

/**
 * How much of a package from outside is read; all of it is known before a byte is inflated. A record that leaves
 * here has at most 100 MiB, and a real package some forty entries that deflate to a tenth.
 */
export const LIMITS = {
  entries: 100,
  nameLength: 255,
  entryBytes: 64 * MIB,
  totalBytes: 128 * MIB,
  /** How many bytes may come of one. */
  ratio: 100,
  /** Up to here the ratio does not matter: blanks and repeated tables deflate to almost nothing. */
  ratioFreeBytes: MIB,
  submissionSets: 10,
  /** The metadata of a hundred documents with every attribute has half of it. */
  xmlBytes: 2 * MIB,
  xmlDepth: 32,
  xmlElements: 100_000,
  xmlAttributes: 64,
  xmlNameLength: 256,
} as const;
