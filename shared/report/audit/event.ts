import { sha256, type Sha256 } from '../../ids.ts';
import type { Audited } from '../report.ts';
import { canonical } from './canonical.ts';

/** What is entered: the report, what only the audit keeps beside it, and whether with it a copy was disclosed. */
export interface AuditEvent extends Audited {
  /** `uncertain`: it is not known whether the copy left. */
  readonly disclosed?: 'sent' | 'uncertain';
}

/** The bytes of an event. */
export const textOf = (event: AuditEvent): string => canonical(event);

export const eventHash = (text: string): Sha256 => sha256(text);

/** Only of bytes whose hash an entry names: those we wrote. */
export const eventIn = (text: string): AuditEvent => JSON.parse(text) as AuditEvent;
