import type { EventType } from '../trigger.ts';
import type { DiagnosticReport, Encounter, Resource } from './resources.ts';

/** What a change of a resource of each type tells, when nothing but its type is known. */
const BY_TYPE: Readonly<Record<string, EventType>> = {
  Encounter: 'encounter-ended',
  DiagnosticReport: 'result-available',
  ImagingStudy: 'image-available',
  ExplanationOfBenefit: 'eob-available',
};

export const kindOfType = (type: string): EventType | undefined =>
  Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : undefined;

/** @returns undefined when it is of no type that is a reason to send, `not-yet` when its status is none */
export function kindOf(resource: Resource): EventType | 'not-yet' | undefined {
  switch (resource.resourceType) {
    case 'Encounter':
      return ofEncounter(resource);
    case 'DiagnosticReport':
      return ofReport(resource);
    case 'ImagingStudy':
      return resource.status === 'available' ? 'image-available' : 'not-yet';
    case 'ExplanationOfBenefit':
      return resource.status === 'active' && resource.outcome === 'complete'
        ? 'eob-available'
        : 'not-yet';
    case 'Patient':
    case 'other':
      return undefined;
  }
}

/** `completed` and `discharged` are R5's. */
const ENDED = ['finished', 'completed', 'discharged'];

/** Inpatient, acute and non-acute, of HL7 v3 ActCode. */
const INPATIENT = ['IMP', 'ACUTE', 'NONAC'];

function ofEncounter(encounter: Encounter): EventType | 'not-yet' {
  if (!ENDED.includes(encounter.status)) return 'not-yet';
  const hasLeft =
    encounter.hospitalization?.dischargeDisposition !== undefined ||
    encounter.admission?.dischargeDisposition !== undefined ||
    encounter.period?.end !== undefined ||
    encounter.actualPeriod?.end !== undefined;
  return hasLeft && classesOf(encounter).some((code) => INPATIENT.includes(code))
    ? 'discharge'
    : 'encounter-ended';
}

const classesOf = ({ class: classes = [] }: Encounter): readonly string[] =>
  (Array.isArray(classes) ? classes.flatMap(({ coding = [] }) => coding) : [classes]).flatMap(
    ({ code }) => code ?? [],
  );

const FINAL = ['final', 'amended', 'corrected', 'appended'];

/** Of HL7 v2 table 0074, what is seen and not measured; and LOINC's part for radiology, as US Core writes it. */
const IMAGING = ['RAD', 'RX', 'CT', 'NMR', 'NMS', 'RUS', 'CUS', 'OUS', 'VUS', 'XRC', 'LP29684-5'];

function ofReport({ status, category = [] }: DiagnosticReport): EventType | 'not-yet' {
  if (!FINAL.includes(status)) return 'not-yet';
  const codes = category.flatMap(({ coding = [] }) => coding.flatMap(({ code }) => code ?? []));
  return codes.some((code) => IMAGING.includes(code)) ? 'image-available' : 'result-available';
}
