/** Which states are good news, which need attention. */
export const TONES = {
  pending_payment: "warn",
  paid: "accent",
  shipped: "accent",
  delivered: "good",
  completed: "good",
  refunding: "warn",
  in_transit: "accent",
  out_for_delivery: "accent",
  exception: "bad",
  new: "accent",
  working: "accent",
  waiting_customer: "warn",
  waiting_supplier: "warn",
  solved: "good",
};
