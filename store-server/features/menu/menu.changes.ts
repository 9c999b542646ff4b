/** The same members, each either there with a value or not there at all. */
type Given<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** The members that were really given; a change leaves all others as they are. */
export const definedOnly = <Fields extends object>(fields: Fields): Given<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<Fields>;

/** Whether there is anything to write, and to tell people about. */
export const isEmpty = (fields: object): boolean => Object.keys(fields).length === 0;
