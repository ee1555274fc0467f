import { ANA_CX, AUTHORITY, er7, respelled } from '../../trigger/hl7/messages.ts';
import { OBR, OBX, oru } from '../../lambdas/events/hl7-results.ts';
import type { ToldCase } from '../conformance/told-case.ts';
import { answersTo } from './answers.ts';

type Row = readonly [id: string, expected: string, ...messages: readonly (string | Uint8Array)[]];

const casesOf = (about: string, rows: readonly Row[]): readonly ToldCase[] =>
  rows.map(([id, expected, ...messages]) => ({
    id,
    about,
    expected,
    run: () => answersTo(messages),
  }));

const a40 = (given: string) => ({
  type: 'ADT^A40^ADT_A39',
  more: [`MRG|${given}^^^${AUTHORITY}^MR`],
});

const latin = (charset: string): Uint8Array =>
  Buffer.from(er7({ charset }).replace('Rivera', 'Müller'), 'latin1');

/** Chapters 2, 2A, 3, 7 and 9 of HL7 v2.9: what was sent, and what was answered and kept. */
export const HL7_CASES: Readonly<Record<string, readonly ToldCase[]>> = {
  kinds: casesOf('what happened', [
    ['a01', 'AA: transfer', er7({ type: 'ADT^A01^ADT_A01' })],
    ['a02', 'AA: transfer', er7({ type: 'ADT^A02^ADT_A02' })],
    ['a03', 'AA: discharge', er7({ type: 'ADT^A03^ADT_A03' })],
    ['a04', 'AA: record-updated', er7({ type: 'ADT^A04^ADT_A01' })],
    ['a08', 'AA: record-updated', er7({ type: 'ADT^A08^ADT_A01' })],
    ['a11', 'AA: calls off transfer', er7({ type: 'ADT^A11^ADT_A09' })],
    ['a13', 'AA: calls off discharge', er7({ type: 'ADT^A13^ADT_A01' })],
    ['a28', 'AA: record-updated', er7({ type: 'ADT^A28^ADT_A05' })],
    ['a31', 'AA: record-updated', er7({ type: 'ADT^A31^ADT_A05' })],
    ['a40-nobody', 'AA: nothing', er7(a40('MRN-0009'))],
    ['a40-itself', 'AR patient/same: nothing', er7(a40('MRN-0001'))],
    ['a40-without-mrg', 'AR trigger/hl7-malformed: nothing', er7({ ...a40('MRN-0009'), more: [] })],
    ['a34', 'AR trigger/hl7-merge: nothing', er7({ type: 'ADT^A34^ADT_A30' })],
    ['t02', 'AA: record-updated', er7({ type: 'MDM^T02^MDM_T02' })],
    ['s12', 'AA: nothing', er7({ type: 'SIU^S12^SIU_S12' })],
    ['r01-final', 'AA: result-available', er7(oru(OBR('F')))],
    ['r01-corrected', 'AA: result-available', er7(oru(OBR('C')))],
    ['r01-each-final', 'AA: result-available', er7(oru(OBR(''), OBX('F'), OBX('C')))],
    ['r01-preliminary', 'AA: nothing', er7(oru(OBR('P'), OBX('F')))],
    ['r01-one-preliminary', 'AA: nothing', er7(oru(OBR(''), OBX('F'), OBX('P')))],
    ['r01-radiology', 'AA: image-available', er7(oru(OBR('F', 'RAD')))],
  ]),
  encoding: casesOf('how it is written', [
    ['lf', 'AA: discharge', er7({ end: '\n' })],
    ['crlf', 'AA: discharge', er7({ end: '\r\n' })],
    ['separators', 'AA: discharge', respelled(er7(), '|^~\\&', '#!*/+')],
    ['truncation-mark', 'AA: discharge', er7().replace('^~\\&', '^~\\&#')],
    ['escaped', 'AA: discharge', er7({ identifiers: ANA_CX.replace('MRN', '\\X4D\\RN') })],
    ['utf-8', 'AA: discharge', er7({ charset: 'UNICODE UTF-8' }).replace('Rivera', 'Müller')],
    ['8859-1', 'AA: discharge', latin('8859/1')],
    ['no-utf-8', 'AR trigger/hl7-charset: nothing', latin('UNICODE UTF-8')],
    ['utf-16', 'AR trigger/hl7-charset: nothing', er7({ charset: 'UNICODE UTF-16' })],
    ['no-msh', '400 trigger/hl7-malformed: nothing', 'PID|1\r'],
    ['three-separators', '400 trigger/hl7-malformed: nothing', 'MSH|^~\\|EHR\r'],
    ['batch', '400 trigger/hl7-batch: nothing', `BHS|^~\\&\r${er7()}`],
    ['two', 'AR trigger/hl7-batch: nothing', er7() + er7({ controlId: '2' })],
    ['no-segment', 'AR trigger/hl7-malformed: nothing', er7({ more: ['and so on'] })],
  ]),
  identity: casesOf('whose it is, when, and whether it was there before', [
    ['repeated-pid-3', 'AA: discharge', er7({ identifiers: `7^^^X&1.2.3&ISO~${ANA_CX}` })],
    ['nobody', 'AE patient/unknown: nothing', er7({ identifiers: '7^^^X&1.2.3&ISO' })],
    ['no-authority', 'AE patient/unknown: nothing', er7({ identifiers: 'MRN-0001' })],
    ['no-pid', 'AE patient/unknown: nothing', er7({ identifiers: 'none' })],
    ['no-number', 'AR trigger/hl7-malformed: nothing', er7({ controlId: '' })],
    ['no-day', 'AE trigger/bad-time: nothing', er7({ enteredAt: '20260230' })],
    ['msh-7', 'AA: discharge', er7({ enteredAt: 'none' })],
    ['again', 'AA AA: discharge', er7(), er7({ end: '\n' })],
    ['reused', 'AA AR trigger/event-id-reused: discharge', er7(), er7({ type: 'ADT^A02^ADT_A02' })],
    ['another-system', 'AA AA: discharge, transfer', er7(), er7({ from: 'LAB', type: 'ADT^A02' })],
  ]),
};
