import '#libs/kernel';
import '#platform';
import '#modules/identity';
import '#modules/procurement';
import 'typeorm';
