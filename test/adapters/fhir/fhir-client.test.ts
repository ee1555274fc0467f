import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { patient } from '../../contracts/stores/samples.ts';
import { bundle, fhirWorld, inline, SEARCH, textsIn } from './fhir-world.ts';

/** Who we are to a FHIR server. */

test('is shown once for many questions, and again when the token counts no more', async () => {
  const world = await fhirWorld();
  try {
    world.has(SEARCH, bundle([]));
    const source = world.sourceOf();
    await source.current(patient());
    await source.current(patient());
    expect(world.tokens()).toBe(1);
    world.revokeTokens();
    expect(textsIn(await source.current(patient()))).toEqual([]);
    expect(world.tokens()).toBe(2);
    world.pass(301);
    await source.current(patient());
    expect(world.tokens()).toBe(3);
  } finally {
    await world.close();
  }
});

test.each(['P-384', 'RSA'])('is proved with a key of ours: %s', async (kind) => {
  const pair =
    kind === 'RSA'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: kind });
  const publicKey = String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
  const privateKey = String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const world = await fhirWorld({ clientId: 'transmit', publicKey });
  try {
    world.has(SEARCH, bundle([inline('found')]));
    const source = world.sourceOf({}, { clientId: 'transmit', privateKey, keyId: 'key-1' });
    expect(textsIn(await source.current(patient()))).toEqual(['found']);
  } finally {
    await world.close();
  }
});

test.each([
  ['is not believed', { clientId: 'transmit', clientSecret: 'another' }],
  ['is not in the secret', { user: 'transmit', password: 'of another kind' }],
])('record/source-unavailable: %s', async (_, shows) => {
  const world = await fhirWorld();
  try {
    const found = await world.sourceOf({}, shows).current(patient());
    expect(textsIn(found)).toBe('record/source-unavailable');
    expect(world.asked).toEqual([]);
  } finally {
    await world.close();
  }
});
