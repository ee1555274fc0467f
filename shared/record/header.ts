/** HL7 II. `root` is an OID, a UUID or, in faulty documents, anything else. */
export interface InstanceIdentifier {
  readonly root: string;
  readonly extension: string | undefined;
}

export interface Coded {
  readonly code: string;
  readonly codeSystem: string | undefined;
  readonly displayName: string | undefined;
}

/** Parts in the order of the document. A name that is not cut into parts is all family. */
export interface PersonName {
  readonly family: string | undefined;
  readonly given: readonly string[];
  readonly prefix: string | undefined;
  readonly suffix: string | undefined;
}

export interface PostalAddress {
  readonly lines: readonly string[];
  readonly city: string | undefined;
  readonly state: string | undefined;
  readonly postalCode: string | undefined;
  readonly country: string | undefined;
}

export interface Organization {
  readonly ids: readonly InstanceIdentifier[];
  readonly name: string | undefined;
}

/** The patient as the document knows them. Names with use="L" come first. */
export interface RecordTarget {
  readonly ids: readonly InstanceIdentifier[];
  readonly names: readonly PersonName[];
  readonly birthTime: string | undefined;
  readonly gender: string | undefined;
  readonly address: PostalAddress | undefined;
  readonly provider: Organization | undefined;
}

/** A person or a piece of software that wrote or signed. */
export interface Participant {
  readonly ids: readonly InstanceIdentifier[];
  readonly name: PersonName | undefined;
  readonly software: string | undefined;
  readonly specialty: Coded | undefined;
  readonly emails: readonly string[];
  readonly organization: Organization | undefined;
}

/** HL7 TS as written, unchecked. */
export interface Interval {
  readonly low: string | undefined;
  readonly high: string | undefined;
}

/**
 * The header of a CDA document, as far as metadata is made from it. Texts are one line each, without control
 * characters and of bounded length; codes and times are as the document writes them and not to be believed.
 */
export interface DocumentHeader {
  readonly id: InstanceIdentifier | undefined;
  readonly code: Coded | undefined;
  readonly title: string | undefined;
  readonly effectiveTime: string | undefined;
  readonly confidentiality: Coded | undefined;
  readonly language: string | undefined;
  readonly templateIds: readonly InstanceIdentifier[];
  readonly patients: readonly RecordTarget[];
  readonly authors: readonly Participant[];
  readonly custodian: Organization | undefined;
  readonly legalAuthenticator: Participant | undefined;
  readonly serviceEvent: Interval | undefined;
  readonly encounter: Interval | undefined;
  readonly facility: Coded | undefined;
  readonly body: 'structured' | 'unstructured' | 'none';
}
