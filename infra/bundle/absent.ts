/**
 * In a function stands for packages that a library names and that nothing here ever comes to: a proxy, a logger of its
 * own, the Japanese character sets of folder names.
 */
export default function absent(): never {
  throw new Error('This package is not in the bundles: infra/bundle.ts');
}

export { absent as SocksClient };
