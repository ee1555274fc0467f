/**
 * A page of the issuer of this machine, without a script.
 *
 * @param body HTML
 */
export const htmlPage = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body{font:16px/1.5 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}form{margin:.5rem 0}button{font:inherit;min-height:2.75rem;padding:.25rem 1rem}:focus-visible{outline:3px solid #0b5c8f;outline-offset:2px}textarea{width:100%}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
