import type {
  AnchorStore,
  BundleState,
  StoredBundle,
} from '../../../shared/trust/bundle/anchor-store.ts';

/** Bundles in memory; what is put in or taken out is a copy. */
export function memoryAnchors(): AnchorStore {
  const bundles = new Map<string, StoredBundle>();
  const states = new Map<string, BundleState>();
  return {
    read: async (name) => structuredClone(bundles.get(name)),
    swap: async (name, bundle) => void bundles.set(name, structuredClone(bundle)),
    state: async (name) => structuredClone(states.get(name)),
    note: async (name, state) => void states.set(name, structuredClone(state)),
  };
}
