import * as z from 'zod';

export const HOST_NAME = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

export const HostName = z.string().regex(HOST_NAME, 'a host name in lower case');

/** A name of the API, with a certificate of ACM in its region. */
export const ApiDomain = z.strictObject({
  name: HostName,
  certificateArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate\/[A-Za-z0-9-]+$/,
      'arn:aws:acm:<region>:<account>:certificate/<id>',
    ),
});
