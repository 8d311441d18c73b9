/** Full years between two China dates. */
export function yearsBetween(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

export const ADULT_YEARS = 18;
/** Everything of a younger person is sensitive (个人信息保护法 art. 28); there is no guardian's flow yet. */
export const LEAST_YEARS = 14;
