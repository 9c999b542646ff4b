import { z } from 'zod';

/** A date that a database can hold: on the calendar, and there is no year nought. */
export const CalendarDay = z.iso
  .date('has to be a date such as 2025-06-18')
  .refine((day) => day >= '0001', 'has to be a date such as 2025-06-18');
