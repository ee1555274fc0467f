import { ShareWithDirect } from './element/element.tsx';

export type * from './share-with-direct.types.ts';
export { ShareWithDirect };

// A page may load the file twice, by two ways.
if (!customElements.get('share-with-direct')) {
  customElements.define('share-with-direct', ShareWithDirect);
}
