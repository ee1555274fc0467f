import { sha256, type Sha256 } from '../../ids.ts';
import type { Audited, AuditedDeed } from '../report.ts';
import { canonical } from './canonical.ts';

/** A report as it is entered, with what only the audit keeps beside it, and whether with it a copy was disclosed. */
export interface ReportEvent extends Audited {
  /** `uncertain`: it is not known whether the copy left. */
  readonly disclosed?: 'sent' | 'uncertain';
}

export type AuditEvent = ReportEvent | AuditedDeed;

export const isOfReport = (event: AuditEvent): event is ReportEvent => !('deed' in event);

/** The bytes of an event. */
export const textOf = (event: AuditEvent): string => canonical(event);

export const eventHash = (text: string): Sha256 => sha256(text);

/** Only of bytes whose hash an entry names: those we wrote. */
export const eventIn = (text: string): AuditEvent => JSON.parse(text) as AuditEvent;
