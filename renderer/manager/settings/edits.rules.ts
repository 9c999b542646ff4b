import type { ChangeSettings } from '#contract/settings.ts';

/** Values by their names, in the form in which settings are sent. */
export function asChange(values: Readonly<Record<string, unknown>>): ChangeSettings {
  const change: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const [group = '', inner] = name.split('.');
    if (inner === undefined) change[group] = value;
    else change[group] = { ...(change[group] as object | undefined), [inner]: value };
  }
  return change as ChangeSettings;
}
