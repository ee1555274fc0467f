/** The classification node that makes a RegistryPackage a submission set. */
export const IS_SUBMISSION_SET = 'urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd';

/** The classification scheme of the author of a SubmissionSet, `urn:uuid:` too. */
export const SET_AUTHOR = 'a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d';

/** Classification schemes of a DocumentEntry, `urn:uuid:` each. */
export const SCHEMES = {
  author: '93606bcf-9494-43ec-9b4e-a7748d1a838d',
  classCode: '41a5887f-8865-4c09-adf7-e362475b143a',
  confidentialityCode: 'f4f85eac-e6cb-4883-b524-f2705394840f',
  formatCode: 'a09d5840-386c-46f2-b5ad-9c3699a4309d',
  healthcareFacilityTypeCode: 'f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1',
  practiceSettingCode: 'cccf5598-8b07-4b77-a05e-ae952c785ead',
  typeCode: 'f0306f51-975f-434e-a61c-c59651d33983',
} as const;

/** Identification schemes of a SubmissionSet, `urn:uuid:` each. */
export const SET_IDENTIFIERS = {
  patientId: '6b5aea1a-874d-4603-a4bc-96a0a7b38446',
  sourceId: '554ac39e-e3fe-47fe-b233-965d2a147832',
  uniqueId: '96fdda7c-d067-4183-912e-bf5ee74998a8',
} as const;

/** Identification schemes of a DocumentEntry, likewise. */
export const ENTRY_IDENTIFIERS = {
  patientId: '58a6f841-87b3-4a3e-92fd-a8ffeff98427',
  uniqueId: '2e82c1f6-a085-4c72-9da3-8640a32e42ab',
} as const;

/** The object type of a document that does not change, as against one that is made on demand. */
export const STABLE = 'urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1';
