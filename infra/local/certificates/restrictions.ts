import * as asn1js from 'asn1js';
import { extension, type Extension } from './extensions.ts';
import { encodeAnyName, type AnyName } from './names.ts';

/** Alternative names of whatever form, in the place of those that `san` makes. */
export const namesExtension = (names: readonly AnyName[], critical = false): Extension =>
  extension('2.5.29.17', sequence(names.map(encodeAnyName)), critical);

export interface NameLimits {
  readonly permitted?: readonly AnyName[];
  readonly excluded?: readonly AnyName[];
  /** Of every subtree; a good certificate has none. */
  readonly maximum?: number;
}

export function nameConstraintsExtension(limits: NameLimits, critical = true): Extension {
  const { permitted = [], excluded = [], maximum } = limits;
  const bound = maximum === undefined ? [] : [count(1, maximum)];
  const subtrees = (tagNumber: number, names: readonly AnyName[]): asn1js.BaseBlock[] =>
    names.length === 0
      ? []
      : [
          new asn1js.Constructed({
            idBlock: { tagClass: 3, tagNumber },
            value: names.map((name) => sequence([encodeAnyName(name), ...bound])),
          }),
        ];
  const value = [...subtrees(0, permitted), ...subtrees(1, excluded)];
  return extension('2.5.29.30', sequence(value), critical);
}

export const policiesExtension = (policies: readonly string[], critical = false): Extension =>
  extension('2.5.29.32', sequence(policies.map((policy) => sequence([oid(policy)]))), critical);

/** @param mappings OID of the issuer's domain, OID of the subject's */
export const policyMappingsExtension = (
  mappings: readonly (readonly [string, string])[],
): Extension =>
  extension(
    '2.5.29.33',
    sequence(mappings.map(([issuer, subject]) => sequence([oid(issuer), oid(subject)]))),
    true,
  );

export interface PolicyLimits {
  readonly requireExplicit?: number;
  readonly inhibitMapping?: number;
}

export function policyConstraintsExtension(limits: PolicyLimits, critical = true): Extension {
  const { requireExplicit, inhibitMapping } = limits;
  const value = [
    ...(requireExplicit === undefined ? [] : [count(0, requireExplicit)]),
    ...(inhibitMapping === undefined ? [] : [count(1, inhibitMapping)]),
  ];
  return extension('2.5.29.36', sequence(value), critical);
}

export const inhibitAnyPolicyExtension = (certificates: number): Extension =>
  extension('2.5.29.54', new asn1js.Integer({ value: certificates }), true);

const sequence = (value: asn1js.BaseBlock[]): asn1js.Sequence => new asn1js.Sequence({ value });

const oid = (value: string): asn1js.ObjectIdentifier => new asn1js.ObjectIdentifier({ value });

const count = (tagNumber: number, value: number): asn1js.Primitive =>
  new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber }, valueHex: Uint8Array.of(value) });
