/** A class in no package. */
public final class WithoutPackage {}
