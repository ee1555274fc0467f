interface Part {
  /** From the root of the site. */
  readonly path: string;
  /** A browser that got anything else does not take it. */
  readonly integrity: string;
}

export interface Page {
  readonly title: string;
  readonly heading: string;
  /** Shown by browsers that run no script. */
  readonly needsScript: string;
  readonly icon: string;
  readonly style: Part;
  readonly script: Part;
}

/** A page, of which its one script makes the rest. Nothing in it comes from anybody. */
export const pageHtml = ({
  title,
  heading,
  needsScript,
  icon,
  style,
  script,
}: Page): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="/${icon}" type="image/svg+xml">
<link rel="stylesheet" href="/${style.path}" integrity="${style.integrity}" crossorigin="anonymous">
<script type="module" src="/${script.path}" integrity="${script.integrity}" crossorigin="anonymous"></script>
</head>
<body>
<main>
<h1>${heading}</h1>
<noscript><p>${needsScript}</p></noscript>
</main>
</body>
</html>
`;
