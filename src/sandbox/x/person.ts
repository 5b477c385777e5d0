/** The handle in `Authorization: Bearer <handle>`, by which people act here without any key. */
export const readPerson = (authorization: string | undefined): string | undefined => /^Bearer +(\w{1,15})$/i.exec(authorization ?? '')?.[1];
