import { oneLine } from '../../characters.ts';
import type { Language } from '../../language.ts';
import { escapeXml } from '../xml.ts';

/**
 * A page of XHTML Basic 1.1 that runs nothing and fetches nothing.
 *
 * @param title text; @param body block elements
 * @see IHE ITI-32, 3.32.4.1.2
 */
export const xhtmlPage = (language: Language, title: string, body: readonly string[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML Basic 1.1//EN" "http://www.w3.org/TR/xhtml-basic/xhtml-basic11.dtd">',
    `<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="${language}">`,
    '<head>',
    '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />',
    `<title>${escapeXml(title)}</title>`,
    '</head>',
    '<body>',
    ...body,
    '</body>',
    '</html>',
    '',
  ].join('\n');

export type Row = readonly [label: string, value: string | undefined];

/** Labels and values as text; what has no value has no row, and without rows there is no table. */
export function factTable(rows: readonly Row[]): readonly string[] {
  const told = rows.flatMap(([label, value]) =>
    value
      ? [`<tr><th>${escapeXml(label)}</th><td>${escapeXml(oneLine(value, 254))}</td></tr>`]
      : [],
  );
  return told.length === 0 ? [] : ['<table>', ...told, '</table>'];
}

export const paragraph = (text: string): string => `<p>${escapeXml(text)}</p>`;

/** @param path of a file in the same zip, from the page that links to it */
export const link = (path: string, text: string): string =>
  `<a href="${path}">${escapeXml(text)}</a>`;
