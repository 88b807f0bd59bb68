export const events = [
  { name: "readings-in", ordered: false },
  { name: "alarms-in", ordered: true },
];
