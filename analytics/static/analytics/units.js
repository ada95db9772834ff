// How a number is written in its unit; a bar from one number to another as both.
const language = document.documentElement.lang;
const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
const seconds = new Intl.NumberFormat(language, { maximumSignificantDigits: 3, style: "unit", unit: "second" });

const UNITS = {
  share: (value) => `${fine.format(value * 100)}%`,
  seconds: (value) => seconds.format(value),
  yuan: (value) => `¥${whole.format(value)}`,
  count: (value) => fine.format(value),
  decimal: (value) => fine.format(value),
};

export function written(value, unit) {
  if (value === null || value === undefined) return "–";
  if (Array.isArray(value)) return value.map((one) => written(one, unit)).join(" – ");
  return UNITS[unit](value);
}
