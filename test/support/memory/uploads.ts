import type { Incoming, SignPost } from '../../../shared/record/upload/store.ts';

type Post = Parameters<SignPost>[0];

/** The bucket of uploads in memory: forms that were signed, and objects that somebody put there. */
export function memoryUploads() {
  const signed: Post[] = [];
  const objects = new Map<string, Uint8Array>();
  const incoming: Incoming = {
    async read(key, mostBytes) {
      const bytes = objects.get(key);
      if (bytes === undefined) return 'gone';
      return bytes.length > mostBytes ? 'too-large' : Uint8Array.from(bytes);
    },
    async remove(key) {
      objects.delete(key);
    },
  };
  const signPost: SignPost = async (post) => {
    signed.push(post);
    return { url: 'https://uploads.example/', fields: { key: post.key } };
  };
  return { signed, objects, incoming, signPost };
}
