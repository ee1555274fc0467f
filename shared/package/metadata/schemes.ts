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
