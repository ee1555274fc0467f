import { OPENSSL_CASES } from './cases.ts';
import { opensslKit, verdictOn, type OpensslCase } from './openssl-kit.ts';

export interface ReadResult extends Pick<OpensslCase, 'name' | 'expected'> {
  readonly group: string;
  readonly got: string;
}

/** Makes every message with openssl and reads it with ours. */
export async function runReads(): Promise<readonly ReadResult[]> {
  const kit = await opensslKit();
  try {
    return Object.entries(OPENSSL_CASES).flatMap(([group, cases]) =>
      cases.map((each) => {
        const { name, expected } = each;
        return { group, name, expected, got: verdictOn(each.make(kit), kit, each) };
      }),
    );
  } finally {
    kit.openssl.remove();
  }
}
