/** What the recipient reads beside the package: who sends, and at whose request. It says nothing of the patient. */
export const bodyText = (holderName: string): string =>
  `${holderName} sends you this health record at the request of the patient.`;
