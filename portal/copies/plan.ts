import type { Copy } from '../api/views.ts';

export const isOver = ({ status }: Pick<Copy, 'status'>): boolean =>
  /^(delivered|failed|stopped)$/.test(status);

/** How long to wait before looking again: a second while most copies arrive, then ever longer, at most 30. */
export const pauseSeconds = (looks: number): number =>
  looks < 15 ? 1 : Math.min(30, 1.5 ** (looks - 14));

/** How it stands with one address of a request. */
export interface Followed {
  readonly address: string;
  /** The newest one. */
  readonly copy?: Copy | undefined;
  /** A message without health data is on its way before it. */
  readonly isProbing?: boolean;
  /** The copy stands otherwise than at the look before. */
  readonly isNews?: boolean;
}

/** @param copies newest first, also those of other requests */
export const lookedAt = (
  before: readonly Followed[],
  copies: readonly Copy[],
  requestId: string,
): readonly Followed[] =>
  before.map(({ address, copy: earlier }) => {
    const ours = copies.filter((each) => each.requestId === requestId && each.address === address);
    const copy = ours.find(({ isProbe }) => !isProbe);
    return {
      address,
      copy,
      isProbing: ours.some((each) => each.isProbe && !isOver(each)),
      isNews: copy?.status !== earlier?.status,
    };
  });
