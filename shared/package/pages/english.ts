import type { Words } from './words.ts';

export const ENGLISH: Words = {
  language: 'en',
  months: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  dayOf: (day, month, year) => `${month} ${day}, ${year}`,
  monthOf: (month, year) => `${month} ${year}`,

  message: (holder) => `This message was sent by ${holder} at the request of the patient.`,
  unaskedMessage: (holder) => `This message was sent by ${holder}.`,
  probe: (holder, contact) =>
    `${holder} has been asked to send health information to this address.\n` +
    'This message holds none: it goes first, to find out whether the address\n' +
    'is right. What was asked for follows when it has been delivered.\n\n' +
    `If you do not expect it, please tell the sender: ${contact}.`,
  attachment: (fileName) =>
    `The health record is in the attached file ${fileName}.\n` +
    'To read it, unpack the file and open INDEX.HTM.',
  notice:
    'Some of these documents are marked as sensitive.\n' +
    'Federal or state law may forbid you to pass them on to others,\n' +
    'unless the patient agrees in writing or the law allows it.',

  record: 'Health record',
  recordOf: (patient) => `Health record of ${patient}`,
  sentBecause: (holder) => `${holder} sent this copy because the patient asked for it.`,
  sent: (holder) => `${holder} sent this copy.`,
  unpackFirst:
    'If a link does not open, unpack the whole zip file first. Then open this page again.',
  leftOut: (documents, holder) =>
    `This is not the whole record. ${holder} has rules about what may be sent, and left out ` +
    `${documents === 1 ? 'one document' : `${documents} documents`}. Ask ${holder} if you need to know more.`,

  patient: 'Patient',
  born: 'Date of birth',
  sex: 'Sex',
  sexes: { female: 'Female', male: 'Male', other: 'Other', unknown: 'Not known' },
  patientNumber: 'Patient number',
  sender: 'Sent by',
  contact: 'Questions to',
  directAddress: 'Direct address',
  sentTo: 'Sent to',
  sentOn: 'Sent on',
  privacy: 'Privacy',
  confidentialities: { R: 'Restricted', V: 'Very restricted' },

  documents: 'What is inside',
  document: 'Document',
  type: 'Kind',
  documentTypes: {
    '34133-9': 'Summary of care',
    '57133-1': 'Referral note',
    '18842-5': 'Discharge summary',
    '18761-7': 'Transfer summary',
    '11488-4': "Consultant's note",
    '34117-2': 'History and physical exam',
    '11506-3': 'Progress note',
    '28570-0': 'Procedure note',
    '11504-8': 'Surgery note',
    '18748-4': 'Imaging report',
    '52521-2': 'Care plan',
  },
  date: 'Date',
  author: 'Written by',
  from: 'From',
  size: 'Size',
  originalFile: 'File for computers',

  aboutPackage: 'About this package',
  metadataLink: 'List of the documents for computers',
  readmeLink: 'How this package is put together',

  readme: {
    intro: 'This package holds a copy of a health record, sent at the request of the patient.',
    sentBy: 'Sent by',
    institution: 'Institution',
    contact: 'Contact',
    madeWith: 'Made with',
    product: 'Product',
    vendor: 'Vendor',
    askInstitution: (product) =>
      `The ${product} project; please ask the institution above, which runs it`,
    layout: 'Layout (IHE Cross-enterprise Document Media Interchange, XDM)',
    thisText: 'this text',
    index: 'a page that says what is inside; open it in a browser',
    folder: 'one set of documents, all of one patient',
    metadata: 'describes each document: type, author, time, size, SHA-1',
    documents: 'the documents as the institution keeps them',
    pages: 'a page for reading, where one was made of a document',
  },

  onlyAPage:
    'This page was made from the document to make it easy to read. Only the document itself counts.',
  contents: 'All documents',
  noText: 'This part has no text.',
  struckOut: 'struck out',
  cut: 'The document goes on. It is too long to be shown here in full.',
};
