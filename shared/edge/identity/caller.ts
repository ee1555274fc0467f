import { type Sha256, sha256 } from '../../ids.ts';
import type { Principal } from './principal.ts';

/** Stands for one caller: the subject at its issuer, in whatever role. Nobody reads off it who that is. */
export const callerOf = ({ subject }: Principal): Sha256 =>
  sha256(JSON.stringify(['caller', subject]));
