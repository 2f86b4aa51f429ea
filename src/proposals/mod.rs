//! A scan and a wish → splits and merges that could be done, each judged by the rules of the policy.
