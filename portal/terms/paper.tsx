import { type JSX, render } from 'preact';

/** Prints this, and nothing else of the page: by way of a frame that nobody sees. */
export function print(content: JSX.Element): void {
  const frame = document.createElement('iframe');
  // A frame that is not displayed is not printed everywhere.
  Object.assign(frame.style, { position: 'fixed', left: '-100vw' });
  frame.inert = true;
  frame.addEventListener('load', () => {
    const inside = frame.contentWindow;
    if (!inside) return;
    render(content, inside.document.body);
    inside.addEventListener('afterprint', () => setTimeout(() => frame.remove()));
    inside.print();
  });
  document.body.append(frame);
}

/** Lets the browser keep this as a text file. */
export function save(paragraphs: readonly string[], name: string): void {
  const link = document.createElement('a');
  link.href = `data:text/plain;charset=utf-8,${encodeURIComponent(paragraphs.join('\n\n'))}`;
  link.download = name;
  link.click();
}
